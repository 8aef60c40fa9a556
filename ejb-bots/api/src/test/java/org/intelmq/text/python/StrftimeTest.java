package org.intelmq.text.python;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;

class StrftimeTest {

    @Test
    void formatsTimes() {
        ZonedDateTime time = ZonedDateTime.parse("2021-01-03T15:04:05.000123Z");
        assertEquals("21 003 Sun Sunday Jan 03 PM 000123 01 00 53 2020 % 3", Strftime.format("%y %j %a %A %b %I %p %f %U %W %V %G %% %-d", time));
        assertEquals("01/03/21 15:04:05 2021-01-03 UTC +0000 %Q %", Strftime.format("%x %X %F %Z %z %Q %", time));
    }
}
