package io.dlms4j.examples.cli;

import static io.dlms4j.examples.cli.Run.dlms;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.cosem.security.SecuritySuite;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Key files, good and bad, and what is said of them. */
class KeyFileTest {
  private static final String APDU =
      "C81E3001234567411312FF935A47566827C467BC7D825C3BE4A77C3FCC056B6B";

  @TempDir private Path directory;

  private static Run decode(Path keys, String... more) {
    String[] args = new String[more.length + 5];
    args[0] = "decode";
    args[1] = "--keys=" + keys;
    args[2] = "--client-title=" + Sides.SERVER;
    args[3] = "--server-title=" + Sides.CLIENT;
    args[4] = APDU;
    System.arraycopy(more, 0, args, 5, more.length);
    return dlms(args);
  }

  private static void assertRefused(Run run, int exitCode, String words) {
    assertEquals(exitCode, run.exitCode(), run.err());
    assertTrue(run.err().contains(words), run.err());
    assertFalse(run.err().contains("Exception"), run.err());
    assertFalse((run.err() + run.out()).contains("D0D1D2"), "shows a key: " + run.err());
    assertFalse((run.err() + run.out()).contains(Sides.PASSWORD), run.err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "                                         | must say suite=0, suite=1 or suite=2",
        "suite=3                                  | must say suite=0, suite=1 or suite=2",
        "suite=D0D1D2D3D4D5D6D7D8D9DADBDCDDDEDF   | must say suite=0, suite=1 or suite=2",
        "suite=0;gak=D0D1D2D3                     | the authentication key has 4 octets",
        "suite=2;guek=D0D1D2D3D4D5D6D7D8D9DADBDCDDDEDF | key has 16 octets, but security suite 2",
        "suite=0;dedicated=D0D1D2D3               | the dedicated key has 4 octets",
        "suite=0;kek=D0D1D2XY                     | kek: a key is written as pairs of hexadecimal",
        "suite=0;hls-secret=                      | hls-secret: ",
        "suite=0;geuk=D0D1D2D3                    | begins with none of [dedicated, gak, gbek,",
        "suite=0;D0D1D2D3D4D5D6D7D8D9DADBDCDDDEDF | begins with none of",
        "suite=0;gak=\\uD0D1D2                    | gak: a key is written as pairs of hexadecimal",
        "suite=0;gak=\\uD0XD1D2                   | a backslash where none may be",
      })
  void aBadFileIsRefusedWithoutShowingAKey(String lines, String words) throws IOException {
    String text = lines == null ? "" : lines.replace(';', '\n');
    assertRefused(decode(Sides.file(directory.resolve("bad"), text)), 1, words);
  }

  @Test
  void aFileThatIsMissingOrNoTextIsTold() throws IOException {
    assertRefused(decode(directory.resolve("nowhere")), 1, "there is no such file");
    assertRefused(decode(directory.resolve("nowhere.p12"), "--keys-password-file=x"), 1, "no such");
    Path file = Sides.file(directory.resolve("binary"), "");
    Files.write(file, new byte[] {(byte) 0xFF, (byte) 0xFE});
    assertRefused(decode(file), 1, "it is no text");
    assertRefused(decode(directory), 1, "cannot read " + directory);
  }

  @ParameterizedTest
  @CsvSource({
    "rw-------, false",
    "r--------, false",
    "rwx--x--x, false",
    "rw-r-----, true",
    "rw----r--, true",
    "rw--w----, true"
  })
  void aFileThatOthersMayReadIsUsedWithAWarning(String permissions, boolean warned)
      throws IOException {
    Path file = new Sides(SecuritySuite.SUITE_0).text(directory);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    Run run = decode(file);
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.out().toString().contains("tag right"), run.out().toString());
    assertEquals(
        warned
            ? "dlms: warning: "
                + file
                + " holds secrets, and others than its owner may read or write it: chmod 600 it"
                + System.lineSeparator()
            : "",
        run.err());
  }

  @Test
  void thePasswordOfAPkcs12FileComesFromAFile() throws Exception {
    Path keys = new Sides(SecuritySuite.SUITE_0).pkcs12OfClient(directory);
    for (String contents : new String[] {"", "\n", "\r\nmore"}) {
      Path file = Sides.file(directory.resolve("password"), Sides.PASSWORD + contents);
      Run run = decode(keys, "--keys-password-file=" + file);
      assertEquals("", run.err());
      assertTrue(run.out().toString().contains("tag "), run.out().toString());
    }
    Path wrong = Sides.file(directory.resolve("wrong"), "another");
    assertRefused(decode(keys, "--keys-password-file=" + wrong), 1, "cannot read " + keys);
    Path open = Sides.file(directory.resolve("open"), Sides.PASSWORD);
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-rw-rw-"));
    assertTrue(decode(keys, "--keys-password-file=" + open).err().contains("chmod 600"));
    assertRefused(decode(keys, "--keys-password-file=" + directory.resolve("no")), 1, "no such");
  }

  @Test
  void thePasswordOfAPkcs12FileMayBeTypedButNotWrittenOnTheCommandLine() throws Exception {
    Path keys = new Sides(SecuritySuite.SUITE_0).pkcs12OfClient(directory);
    InputStream before = System.in;
    try {
      System.setIn(
          new ByteArrayInputStream((Sides.PASSWORD + "\n").getBytes(StandardCharsets.US_ASCII)));
      Run run = decode(keys, "--keys-password");
      assertEquals("", run.err());
      assertEquals(0, run.exitCode());
    } finally {
      System.setIn(before);
    }
    assertRefused(decode(keys, "--keys-password=" + Sides.PASSWORD), 2, "can be seen by others");
  }

  @Test
  void passwordsThatDoNotGoWithTheKeysAreRefused() throws Exception {
    Sides sides = new Sides(SecuritySuite.SUITE_0);
    Path text = sides.text(directory);
    Path keys = sides.pkcs12OfClient(directory);
    assertRefused(decode(keys), 2, "client.p12 has a password: give --keys-password-file FILE");
    assertRefused(decode(text, "--keys-password-file=x"), 2, "keys.properties has none");
    assertRefused(dlms("decode", APDU, "--keys-password-file=x"), 2, "there is no --keys");
  }
}
