package org.intelmq.files;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalLookupService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "only root makes files for others")
class PrivateFilesTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void giveTheFolderToSomebodyElse() throws IOException {
        UserPrincipalLookupService names = folder.getFileSystem().getUserPrincipalLookupService();
        PosixFileAttributeView view = Files.getFileAttributeView(folder, PosixFileAttributeView.class);
        view.setOwner(names.lookupPrincipalByName("daemon"));
        view.setGroup(names.lookupPrincipalByGroupName("daemon"));
    }

    private void assertGiven(String rights, Path made) throws IOException {
        PosixFileAttributes attributes = Files.readAttributes(made, PosixFileAttributes.class);
        assertEquals("daemon daemon " + rights, attributes.owner() + " " + attributes.group() + ' ' + PosixFilePermissions.toString(attributes.permissions()));
    }

    @Test
    void whatRootMakesBelongsToTheOwnerOfTheFolder() throws IOException {
        PrivateFiles.open(folder.resolve("opened"), StandardOpenOption.CREATE, StandardOpenOption.WRITE).close();
        assertGiven("rw-r-----", folder.resolve("opened"));
        assertGiven("rw-r-----", PrivateFiles.writeString(folder.resolve("written"), "text"));
        assertGiven("rw-------", PrivateFiles.createTempFile(folder, "temporary", ".new"));
        assertGiven("rwxr-x---", PrivateFiles.createDirectory(folder.resolve("one")));
        assertGiven("rwxr-x---", PrivateFiles.createDirectories(folder.resolve("two/three")));
        assertGiven("rwxr-x---", folder.resolve("two"));
        PrivateFiles.replace(folder.resolve("written"), new byte[0]);
        assertGiven("rw-r-----", folder.resolve("written"));
        try (FileGuard guard = FileGuard.of(folder.resolve("written"))) {
            assertGiven("rw-r-----", folder.resolve(".written.lock"));
        }
    }

    @Test
    void whatExistsStaysWhoseItIs() throws IOException {
        Path file = Files.createFile(folder.resolve("old"));
        PrivateFiles.writeString(file, "text", StandardOpenOption.APPEND);
        assertEquals("root", Files.getOwner(file).getName());
        Files.createDirectory(folder.resolve("roots"));
        assertEquals("root", Files.getOwner(PrivateFiles.createDirectories(folder.resolve("roots/new"))).getName());
    }
}
