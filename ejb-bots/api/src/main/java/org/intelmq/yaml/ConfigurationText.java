package org.intelmq.yaml;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.intelmq.files.WholeFile;

/** Reads configuration files, which are in UTF-8. */
public final class ConfigurationText {

    private ConfigurationText() { }

    /** @throws IOException also if the file is not in UTF-8, naming the line */
    public static String read(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(WholeFile.bytes(file));
        CharBuffer text = CharBuffer.allocate(bytes.remaining());
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        if (decoder.decode(bytes, text, true).isError()) {
            long line = 1 + text.flip().chars().filter(c -> c == '\n').count();
            throw new NotUtf8Exception("line %d holds the byte 0x%02x, which is not UTF-8: save the file in UTF-8".formatted(line,
                    bytes.get(bytes.position())));
        }
        return text.flip().toString();
    }

    private static final class NotUtf8Exception extends IOException {

        private static final long serialVersionUID = 1L;

        NotUtf8Exception(String message) {
            super(message);
        }

        /** The class name would add nothing. */
        @Override
        public String toString() {
            return getMessage();
        }
    }
}
