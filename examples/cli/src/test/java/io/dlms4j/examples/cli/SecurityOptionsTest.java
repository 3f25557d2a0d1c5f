package io.dlms4j.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.security.CounterId;
import io.dlms4j.cosem.security.HlsMechanism;
import io.dlms4j.cosem.security.KeyKind;
import io.dlms4j.cosem.security.KeyMaterial;
import io.dlms4j.cosem.security.KeyRing;
import io.dlms4j.cosem.security.Protection;
import io.dlms4j.cosem.security.ProtectionException;
import io.dlms4j.cosem.security.SecuritySuite;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of security: what they become, and which do not go together. */
class SecurityOptionsTest {
  private static final Set<Protection> BOTH =
      EnumSet.of(Protection.AUTHENTICATED, Protection.ENCRYPTED);
  private static final CounterId COUNTER =
      CounterId.of(Sides.CLIENT, KeyMaterial.of(Octets.ofHex(Sides.GUEK)));

  @TempDir private static Path directory;

  /** A command such as those that connect. */
  @Command(name = "connect")
  private static final class Connect implements Runnable {
    @Mixin private SecurityOptions options = new SecurityOptions();

    @Option(names = "--password")
    private @Nullable String password;

    private @Nullable SecurityParameters parameters;

    @Override
    public void run() {
      parameters = options.parse(password != null);
    }
  }

  /** The key files, by short names on the command lines here. */
  @BeforeAll
  static void keep() throws Exception {
    for (SecuritySuite suite : SecuritySuite.values()) {
      Path file = new Sides(suite).text(directory, "hls-secret=0102030405060708");
      Files.move(file, directory.resolve(suite.id() + ".keys"));
    }
    new Sides(SecuritySuite.SUITE_1).pkcs12OfClient(directory);
    Sides.file(directory.resolve("password"), Sides.PASSWORD);
    Sides.file(directory.resolve("empty.keys"), "suite=0");
  }

  private String[] args(String line) {
    return Stream.of(line.strip().split(" +"))
        .filter(arg -> !arg.isEmpty())
        .map(arg -> arg.replaceFirst("^@(.*)", directory + "/$1"))
        .flatMap(
            arg ->
                arg.equals("P12")
                    ? Stream.of(
                        "--keys=" + directory + "/client.p12",
                        "--keys-password-file=" + directory + "/password")
                    : Stream.of(arg.replace("TITLE", Sides.CLIENT.toString())))
        .toArray(String[]::new);
  }

  private record Parsed(int exitCode, @Nullable SecurityParameters parameters, String err) {}

  private Parsed run(String line) {
    Connect command = new Connect();
    StringWriter err = new StringWriter();
    int exitCode =
        new CommandLine(command)
            .setErr(new PrintWriter(err))
            .setExecutionExceptionHandler(
                (e, commandLine, parsed) -> {
                  assertEquals(CommandException.class, e.getClass(), line);
                  err.write(String.valueOf(e.getMessage()));
                  return 1;
                })
            .execute(args(line));
    return new Parsed(exitCode, command.parameters, err.toString());
  }

  private SecurityParameters parse(String line) {
    Parsed parsed = run(line);
    assertEquals("", parsed.err);
    assertEquals(0, parsed.exitCode);
    return assertNotNull(parsed.parameters, line);
  }

  private static <T> T assertNotNull(@Nullable T value, String what) {
    if (value == null) {
      throw new AssertionError(what);
    }
    return value;
  }

  @Test
  void withoutOptionsNothingIsSecured() {
    SecurityParameters plain = parse("");
    assertFalse(plain.isCiphered() || plain.isLowLevel() || plain.isGeneral());
    assertNull(plain.suite());
    assertNull(plain.mechanism());
    assertNull(plain.own());
    assertNull(plain.server());
    assertNull(plain.keys());
    assertNull(plain.counters());
    assertEquals(Set.of(), plain.protection());
    assertThrows(CommandException.class, () -> plain.keyRing(Sides.SERVER));
  }

  @Test
  void aPasswordIsForLowLevelSecurity() {
    assertTrue(parse("--password x").isLowLevel());
    assertTrue(parse("--password x --mechanism lls").isLowLevel());
    assertTrue(parse("--password x --mechanism 1").isLowLevel());
    assertFalse(parse("--mechanism none").isLowLevel());
    assertFalse(parse("--mechanism 0").isLowLevel());
  }

  @Test
  void aSuiteIsCipheredWithBothKindsUnderTheGlobalKeyUnlessSaidOtherwise() {
    SecurityParameters all =
        parse(
            "--security 0 --keys @0.keys --system-title TITLE --server-title "
                + Sides.SERVER
                + " --counters-from 17");
    assertTrue(all.isCiphered());
    assertEquals(SecuritySuite.SUITE_0, all.suite());
    assertEquals(Sides.CLIENT, all.own());
    assertEquals(Sides.SERVER, all.server());
    assertEquals(BOTH, all.protection());
    assertEquals(KeyKind.GLOBAL_UNICAST, all.key());
    assertFalse(all.isGeneral());
    assertNull(all.mechanism());
    KeyRing keys = all.keyRing(Sides.SERVER);
    assertEquals(SecuritySuite.SUITE_0, keys.suite());
    assertEquals(
        Octets.ofHex(Sides.GUEK), assertNotNull(keys.unicastKey(), "unicast key").export());
    assertFalse(all.toString().contains(Sides.GUEK), all.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "global, GLOBAL_UNICAST, false",
    "dedicated, DEDICATED, false",
    "general-global, GLOBAL_UNICAST, true",
    "general-dedicated, DEDICATED, true",
    "wrapped, WRAPPED, true",
    "agreed, AGREED_ONE_PASS, true",
    "static, AGREED_STATIC, true"
  })
  void theKeyTellsTheFormOfTheApdus(String name, KeyKind key, boolean general) {
    SecurityParameters all =
        parse("--security 1 P12 --system-title TITLE --counters-from 1 --cipher-with " + name);
    assertEquals(key, all.key());
    assertEquals(general, all.isGeneral());
  }

  @ParameterizedTest
  @CsvSource({
    "authenticated, AUTHENTICATED, ,",
    "encrypted, ENCRYPTED, ,",
    "authenticated+encrypted, AUTHENTICATED, ENCRYPTED,",
    "encrypted+authenticated, AUTHENTICATED, ENCRYPTED,",
    "encrypted+signed, ENCRYPTED, SIGNED,",
    "authenticated+encrypted+signed, AUTHENTICATED, ENCRYPTED, SIGNED"
  })
  void protectionIsMadeOfItsKinds(
      String words, Protection one, @Nullable Protection two, @Nullable Protection three) {
    Set<Protection> expected = EnumSet.of(one);
    Stream.of(two, three).filter(each -> each != null).forEach(expected::add);
    assertEquals(
        expected,
        parse("--security 1 P12 --system-title TITLE --counters-from 1 --protection " + words)
            .protection());
  }

  @ParameterizedTest
  @CsvSource({
    "md5, @0.keys, MD5",
    "3, @0.keys, MD5",
    "sha1, @2.keys, SHA_1",
    "4, @2.keys, SHA_1",
    "gmac, @1.keys, GMAC",
    "5, @1.keys, GMAC",
    "sha256, @0.keys, SHA_256",
    "6, @0.keys, SHA_256"
  })
  void highLevelSecurityDoesWithoutCiphering(String name, String keys, HlsMechanism mechanism) {
    boolean counts = mechanism == HlsMechanism.GMAC;
    SecurityParameters all =
        parse(
            "--mechanism %s --keys %s --system-title TITLE %s"
                .formatted(name, keys, counts ? "--counters-from 5" : ""));
    assertFalse(all.isCiphered());
    assertEquals(mechanism, all.mechanism());
    assertEquals(counts, all.counters() != null);
    assertEquals(keys.substring(1, 2), Integer.toString(all.keyRing(Sides.SERVER).suite().id()));
  }

  @Test
  void aSecretNeedsNoTitles() {
    SecurityParameters all = parse("--mechanism md5 --keys @0.keys");
    assertNull(all.own());
    assertEquals(8, assertNotNull(all.keyRing(Sides.SERVER).hlsSecret(), "secret").length());
  }

  @Test
  void keysOfAPkcs12FileAreThoseOfThePeer() {
    for (String mechanism : new String[] {"ecdsa", "7"}) {
      SecurityParameters all =
          parse("--security 1 P12 --system-title TITLE --counters-from 1 --mechanism " + mechanism);
      assertEquals(HlsMechanism.ECDSA, all.mechanism());
      assertNotNull(all.keyRing(Sides.SERVER).signingKey(), "signing key");
      CommandException e = assertThrows(CommandException.class, () -> all.keyRing(Sides.CLIENT));
      assertTrue(String.valueOf(e.getMessage()).contains("no keys for the peer"), e.getMessage());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--security 3 | --security is plain, 0, 1 or 2, not \"3\"",
        "--security 00 | --security is plain, 0, 1 or 2",
        "--security 0 --system-title TITLE --counters-from 1 | --security 0 needs keys: --keys FILE",
        "--security 0 --keys @0.keys --counters-from 1 | --security 0 needs our system title",
        "--security 0 --keys @1.keys --system-title TITLE --counters-from 1 | but @1.keys has keys of security suite 1",
        "--security 0 --keys @empty.keys --system-title TITLE --counters-from 1 | --cipher-with global needs guek=, which @empty.keys does not have",
        "--system-title 4D4D | --system-title is a system title, 16 hexadecimal digits, not \"4D4D\"",
        "--server-title XX4D4D0000000001 | --server-title is a system title",
        "--system-title TITLE --server-title TITLE | are the same",
        "--mechanism hls | --mechanism is one of none, lls, md5, sha1, gmac, sha256, ecdsa, not \"hls\"",
        "--mechanism 8 | --mechanism is one of",
        "--mechanism 2 | a secret of manufacturers",
        "--mechanism lls | there is none: give --password",
        "--mechanism gmac --password x | for --mechanism lls, not for gmac, whose secret is in",
        "--mechanism none --password x | for --mechanism lls, not for none",
        "--mechanism md5 | --mechanism md5 needs keys: --keys FILE",
        "--mechanism md5 --keys @empty.keys | --mechanism md5 needs hls-secret=, which",
        "--mechanism sha256 --keys @0.keys | --mechanism sha256 needs our system title",
        "--mechanism gmac --keys @0.keys --system-title TITLE | --mechanism gmac needs invocation counters",
        "--mechanism gmac --keys @empty.keys --system-title TITLE --counters-from 1 | gmac needs guek=",
        "--mechanism ecdsa --keys @0.keys --system-title TITLE | ecdsa needs public keys, which only --security 1 and 2",
        "--mechanism ecdsa --keys @1.keys --system-title TITLE | needs key pairs, which only a PKCS#12 file has",
        "--mechanism ecdsa P12 --system-title TITLE | ecdsa needs public keys, which only --security 1 and 2",
        "--keys @0.keys | --keys would be used for nothing",
        "--keys @0.keys --password x | --keys would be used for nothing",
        "--keys @0.keys --keys-password-file x --mechanism md5 | has none",
        "--protection encrypted | --protection protects nothing without a suite",
        "--protection authenticated+sealed | there is \"sealed\"",
        "--protection encrypted+ | there is \"\"",
        "--protection encrypted+encrypted | has encrypted twice",
        "--protection signed | ciphers nothing: begin with authenticated",
        "--security 0 --keys @0.keys --system-title TITLE --counters-from 1 --protection encrypted+signed | --protection encrypted+signed needs public keys",
        "--security 1 --keys @1.keys --system-title TITLE --counters-from 1 --protection encrypted+signed | needs key pairs",
        "--cipher-with global | ciphers nothing without a suite",
        "--security 0 --cipher-with master | --cipher-with is one of global, dedicated, general-global, general-dedicated, wrapped, agreed, static, not \"master\"",
        "--security 0 --keys @empty.keys --system-title TITLE --counters-from 1 --cipher-with wrapped | needs kek=",
        "--security 0 --keys @0.keys --system-title TITLE --counters-from 1 --cipher-with static | --cipher-with static needs public keys",
        "--security 2 --keys @2.keys --system-title TITLE --counters-from 1 --cipher-with agreed | --cipher-with agreed needs key pairs",
        "--security 0 --keys @0.keys --system-title TITLE | Give --counters FILE, which keeps them",
        "--counters-create | makes the file of --counters FILE, and there is none",
        "--security 0 --counters x --counters-from 1 --system-title TITLE | leave out --counters-from",
        "--counters x | count nothing without --security",
        "--counters-from 1 --mechanism none | count nothing without --security",
        "--counters-from 0 | --counters-from is within 1..4294967295, not 0",
        "--counters-from 4294967296 | --counters-from is within",
        "--counters-from x | Invalid value",
      })
  void whatDoesNotGoTogetherIsRefusedInASentence(String line, String words) {
    Parsed parsed = run(line);
    String expected = words.replace("@", directory + "/");
    assertTrue(parsed.err.contains(expected), parsed.err);
    assertEquals(2, parsed.exitCode);
    assertNull(parsed.parameters);
    assertFalse(parsed.err.contains(Sides.GUEK), parsed.err);
  }

  @Test
  void missingCountersAreExplained() {
    String err = run("--security 0 --keys @0.keys --system-title TITLE").err;
    assertTrue(err.contains("one that comes twice breaks the key"), err);
  }

  @Test
  void keysThatCannotBeReadAreNoFaultOfTheCommandLine() {
    Parsed parsed = run("--security 0 --keys @nowhere --system-title TITLE --counters-from 1");
    assertEquals(1, parsed.exitCode);
    assertTrue(parsed.err.contains("there is no such file"), parsed.err);
  }

  private SecurityParameters withCounters(String options) {
    return parse("--security 0 --keys @0.keys --system-title TITLE " + options);
  }

  @Test
  void countersInMemoryBeginWhereTheyAreToldAndSayWhereToGoOn() {
    try (OpenCounters counters = withCounters("--counters-from 4294967294").openCounters()) {
      assertEquals(OptionalLong.empty(), counters.nextFirst());
      assertEquals(0xFFFF_FFFEL, counters.next(COUNTER));
      assertEquals(OptionalLong.of(0xFFFF_FFFFL), counters.nextFirst());
      assertEquals(0xFFFF_FFFFL, counters.next(COUNTER));
      assertThrows(ProtectionException.class, () -> counters.next(COUNTER));
    }
    try (OpenCounters counters = withCounters("--counters-from 5").openCounters()) {
      counters.skipTo(COUNTER, 100);
      assertEquals(100, counters.next(COUNTER), "never back");
      assertTrue(counters.accept(COUNTER, 7));
      assertFalse(counters.accept(COUNTER, 7));
      assertEquals(8, counters.lowestAcceptable(COUNTER));
    }
  }

  @Test
  void countersInAFileNeverComeTwice() throws IOException {
    String file = "--counters @counters";
    long last;
    try (OpenCounters counters = withCounters(file + " --counters-create").openCounters()) {
      last = counters.next(COUNTER);
      assertEquals(1, last);
      assertRefused(file, "in use");
    }
    try (OpenCounters counters = withCounters(file).openCounters()) {
      assertTrue(counters.next(COUNTER) > last);
    }
    assertRefused(file + " --counters-create", "it is there already");
    assertRefused("--counters @none", "--counters-create makes one, for keys that have never");
    assertRefused("--counters @none/x --counters-create", "cannot count in " + directory);
    Files.writeString(directory.resolve("counters"), "not counters");
    assertRefused(file, "damaged");
  }

  private void assertRefused(String options, String words) {
    SecurityParameters all = withCounters(options);
    CommandException e = assertThrows(CommandException.class, all::openCounters);
    assertTrue(String.valueOf(e.getMessage()).contains(words), e.getMessage());
  }
}
