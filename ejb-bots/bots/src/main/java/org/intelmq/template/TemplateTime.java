package org.intelmq.template;

import java.time.ZonedDateTime;
import java.util.List;
import org.intelmq.text.python.Strftime;

/** A time as templates see it: {@code current_time.strftime('%Y-%m-%d')}. */
record TemplateTime(ZonedDateTime time) {

    /** @return {@code null} if there is no such method */
    String call(String method, List<String> arguments) {
        return method.equals("strftime") && arguments.size() == 1 ? Strftime.format(arguments.get(0), time) : null;
    }

    @Override
    public String toString() {
        return Strftime.format("%Y-%m-%d %H:%M:%S", time);
    }
}
