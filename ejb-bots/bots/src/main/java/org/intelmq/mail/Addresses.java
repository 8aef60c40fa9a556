package org.intelmq.mail;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.ArrayList;
import java.util.List;
import org.intelmq.bot.ConfigurationException;
import org.intelmq.bot.UndecodableException;
import org.intelmq.text.ControlCharacters;
import org.intelmq.text.net.Idna;

/** Mail addresses as people write them. */
public final class Addresses {

    private Addresses() { }

    /**
     * Parses addresses separated by commas, which may have names: {@code Desk <a@example.com>, "Doe, J" <b@example.com>}. Host names become
     * ASCII.
     *
     * @param what the name of the text, used in errors
     * @throws UndecodableException if the text contains something else, or no address
     */
    public static List<InternetAddress> list(String what, String text) {
        List<InternetAddress> addresses = new ArrayList<>();
        if (hasControlCharacters(text)) {
            // they could end a line of the mail's head, and what follows would be another line, or another recipient
            throw new UndecodableException(what + " cannot be \"" + ControlCharacters.spelledOut(text) + "\": expected mail addresses on one line");
        }
        try {
            for (InternetAddress address : InternetAddress.parse(text.strip(), false)) {
                if (address.isGroup()) {
                    throw new UndecodableException(what + " cannot be \"" + text + "\": expected mail addresses, not a group of them");
                }
                if (address.getAddress() != null && !address.getAddress().isBlank()) {
                    addresses.add(inAscii(address));
                }
            }
        } catch (AddressException | IllegalArgumentException e) {
            throw new UndecodableException(what + " cannot be \"" + text + "\": expected mail addresses separated by commas (" + e.getMessage() + ')', e);
        }
        if (addresses.isEmpty()) {
            throw new UndecodableException(what + " is \"" + text + "\": expected at least one mail address");
        }
        return addresses;
    }

    /**
     * Checks a parameter that contains addresses, or a template for addresses, which is filled in later.
     *
     * @throws ConfigurationException if no mail could have them
     */
    public static void check(String parameter, String text) {
        String what = "parameter '" + parameter + '\'';
        if (hasControlCharacters(text)) {
            throw new ConfigurationException(what + " cannot be \"" + ControlCharacters.spelledOut(text) + "\": expected mail addresses on one line");
        }
        if (text.indexOf('{') < 0) {
            try {
                list(what, text);
            } catch (UndecodableException e) {
                throw new ConfigurationException(e.getMessage(), e);
            }
        }
    }

    private static boolean hasControlCharacters(String text) {
        return text.strip().chars().anyMatch(Character::isISOControl);
    }

    /** As {@link #list}, for one address. */
    public static InternetAddress single(String what, String text) {
        List<InternetAddress> addresses = list(what, text);
        if (addresses.size() > 1) {
            throw new UndecodableException(what + " cannot be \"" + text + "\": expected one mail address");
        }
        return addresses.get(0);
    }

    private static InternetAddress inAscii(InternetAddress address) {
        int at = address.getAddress().lastIndexOf('@');
        if (at >= 0) {
            address.setAddress(address.getAddress().substring(0, at + 1) + Idna.toAscii(address.getAddress().substring(at + 1)));
        }
        return address;
    }
}
