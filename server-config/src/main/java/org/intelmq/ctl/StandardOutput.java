package org.intelmq.ctl;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;

/** The standard output of a program, which remembers if not all of it could be written: {@link PrintStream} only says that it failed. */
final class StandardOutput extends FilterOutputStream {

    /** The reader, such as {@code head}, wants no more. */
    private static final String READER_LEFT = "Broken pipe";

    private IOException problem;

    StandardOutput(OutputStream to) {
        super(to);
    }

    /** That of this process, also in {@link System#out} from now on. */
    static StandardOutput ofProcess() {
        StandardOutput output = new StandardOutput(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)));
        System.setOut(output.stream());
        return output;
    }

    PrintStream stream() {
        return new PrintStream(this, true, Charset.defaultCharset());
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            remember(e);
            throw e;
        }
    }

    @Override
    public void flush() throws IOException {
        try {
            out.flush();
        } catch (IOException e) {
            remember(e);
            throw e;
        }
    }

    private void remember(IOException e) {
        if (problem == null) {
            problem = e;
        }
    }

    /** Returns the code that the program ends with: 1 instead of 0 if not all was written, which it then says. */
    int codeAfter(int code, String program, PrintStream err) {
        if (problem == null || code != 0 || READER_LEFT.equals(problem.getMessage())) {
            return code;
        }
        err.println(program + ": not all of the output could be written: " + problem.getMessage());
        return 1;
    }
}
