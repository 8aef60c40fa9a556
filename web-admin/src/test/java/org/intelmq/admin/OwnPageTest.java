package org.intelmq.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnPageTest {

    @ParameterizedTest
    @ValueSource(strings = {"/", "/events?q=x", "/bots/a-b.c?tab=log#line", "/events?q=%C3%A9%2F", "/a//b"})
    void aPageOfOursIsShown(String page) {
        assertEquals(page, OwnPage.orHome(page));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "events", "//other.example", "/\\other.example", "/a\\b", "\\\\other.example", "https://other.example", "javascript:alert(1)",
        "/\t/other.example", "/a\r\nSet-Cookie: x=y", "/a b", "/é", "/a\u2028b", "/a\u0000"})
    void anythingElseLeadsHome(String page) {
        assertEquals("/", OwnPage.orHome(page));
    }

    @Test
    void nothingAndTooMuchLeadHome() {
        assertEquals("/", OwnPage.orHome(null));
        assertEquals("/", OwnPage.orHome("/" + "a".repeat(2000)));
    }
}
