package org.intelmq.text.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class MaskedUrlTest {

    @Test
    void keysAndSignaturesAreMasked() {
        assertEquals("https://***@a.example/x?apikey=***&design=1&sig=***&sv=2#z", MaskedUrl.in("https://u:p@a.example/x?apikey=k&design=1&sig=a%2Bb&sv=2#z"));
        assertTrue(MaskedUrl.isSecret("X-Api-Key"));
        assertTrue(MaskedUrl.isSecret("sig"));
        assertFalse(MaskedUrl.isSecret("design"));
    }

    @Test
    void eachSecretPartOfAnAddressIsReplacedAlone() {
        assertEquals("see http://u:<p>@a.example:80/x?apikey=<k>&design=1&sig=<a%2Bb>#z and https://<key>@b.example/ amqp://guest@c.example/",
                MaskedUrl.replaced("see http://u:p@a.example:80/x?apikey=k&design=1&sig=a%2Bb#z and https://key@b.example/ amqp://guest@c.example/",
                        part -> "<" + part + ">"));
        assertEquals("http://u:<p@ss>@a.example/", MaskedUrl.replaced("http://u:p@ss@a.example/", part -> "<" + part + ">"));
        String plain = "mailto:a@b.example?x=1, http://a.example/x@y?q=@z";
        assertEquals(plain, MaskedUrl.replaced(plain, part -> "<" + part + ">"));
    }
}
