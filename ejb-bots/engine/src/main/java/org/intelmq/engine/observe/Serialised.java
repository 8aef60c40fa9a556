package org.intelmq.engine.observe;

import java.util.ArrayList;
import java.util.List;
import org.intelmq.message.Message;
import org.intelmq.message.MessageJson;

/** Serialised messages to be shown: limited in number and characters, but always including the first. Not thread-safe. */
public final class Serialised {

    private static final long MOST_CHARACTERS = 16L << 20;

    private final int most;
    private final List<String> texts = new ArrayList<>();
    private long characters;

    public Serialised(int most) {
        this.most = most;
    }

    /** Returns false, and leaves the message out, if there is no more room for it. */
    public boolean add(Message message) {
        if (isFull()) {
            return false;
        }
        String text = MessageJson.serialize(message);
        characters += text.length();
        if (characters > MOST_CHARACTERS && !texts.isEmpty()) {
            return false;
        }
        texts.add(text);
        return true;
    }

    boolean isFull() {
        return texts.size() >= most || characters > MOST_CHARACTERS;
    }

    public List<String> texts() {
        return List.copyOf(texts);
    }
}
