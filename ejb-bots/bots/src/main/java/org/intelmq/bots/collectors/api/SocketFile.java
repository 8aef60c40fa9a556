package org.intelmq.bots.collectors.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.unixdomain.server.UnixDomainServerConnector;
import org.intelmq.bot.ConfigurationException;

/** A socket in the file system; its permissions decide who may use it. */
final class SocketFile {

    private static final int OCTAL = 8;
    private static final int ALL = 0777;

    private final Path path;
    private final Set<PosixFilePermission> permissions;
    private final GroupPrincipal group;

    /** @throws ConfigurationException if permissions or group cannot be used */
    SocketFile(Path path, String permissions, String group) {
        this.path = path;
        this.permissions = permissions(permissions);
        this.group = group == null || group.isBlank() ? null : group(path, group);
    }

    private static Set<PosixFilePermission> permissions(String octal) {
        int bits;
        try {
            bits = Integer.parseInt(octal.strip(), OCTAL);
        } catch (NumberFormatException e) {
            bits = -1;
        }
        if (bits < 0 || bits > ALL) {
            throw new ConfigurationException("parameter 'socket_perms' cannot be \"" + octal + "\": expected an octal number such as 600 or 660");
        }
        PosixFilePermission[] highestFirst = PosixFilePermission.values();
        Set<PosixFilePermission> set = EnumSet.noneOf(PosixFilePermission.class);
        for (int i = 0; i < highestFirst.length; i++) {
            if ((bits >> highestFirst.length - 1 - i & 1) == 1) {
                set.add(highestFirst[i]);
            }
        }
        return set;
    }

    private static GroupPrincipal group(Path path, String name) {
        try {
            return path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByGroupName(name);
        } catch (IOException | UnsupportedOperationException e) {
            throw new ConfigurationException("parameter 'socket_group' cannot be \"" + name + "\": expected a group of this machine (" + e + ')', e);
        }
    }

    /**
     * Replaces a socket that an earlier run has left.
     *
     * @throws IOException if something else is there
     */
    Connector connector(Server server, HttpConnectionFactory http, int idleMillis) throws IOException {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            if (!Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS).isOther()) {
                throw new IOException(path + " exists and is not a socket");
            }
            Files.delete(path);
        }
        UnixDomainServerConnector connector = new UnixDomainServerConnector(server, http);
        connector.setUnixDomainPath(path);
        connector.setIdleTimeout(idleMillis);
        return connector;
    }

    /** Sets the permissions and the group. */
    void restrict() throws IOException {
        if (group != null) {
            Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS).setGroup(group);
        }
        Files.setPosixFilePermissions(path, permissions);
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
