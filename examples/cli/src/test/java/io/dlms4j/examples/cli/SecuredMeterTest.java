package io.dlms4j.examples.cli;

import static io.dlms4j.examples.cli.Run.assertFails;
import static io.dlms4j.examples.cli.Run.dlms;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.association.ServerAssociationConfig;
import io.dlms4j.cosem.security.CounterId;
import io.dlms4j.cosem.security.FileInvocationCounterStore;
import io.dlms4j.cosem.security.KeyMaterial;
import io.dlms4j.cosem.security.SystemTitle;
import io.dlms4j.omnipower.OmnipowerMeter;
import io.dlms4j.server.AccessPolicy;
import io.dlms4j.server.CosemObject;
import io.dlms4j.server.DlmsServer;
import io.dlms4j.server.LogicalDevice;
import io.dlms4j.server.PhysicalDevice;
import io.dlms4j.server.Wrapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

/** The command line with an emulated meter that is secured, as emulate makes it. */
class SecuredMeterTest {
  private static final String GUEK = "000102030405060708090A0B0C0D0E0F";
  private static final String METER_TITLE = "4B414D0001112131";
  private static final String CLIENT_TITLE = "484E440000000001";
  private static final String ENERGY = "3:1.1.1.8.0.255:2";

  @TempDir private Path folder;
  private final List<AutoCloseable> open = new ArrayList<>();

  /** As the command emulate takes its options, which runs until it is stopped. */
  @Command
  static final class Emulated implements Runnable {
    @Mixin private EmulatedSecurity security = new EmulatedSecurity();

    @Override
    public void run() {}
  }

  @AfterEach
  void close() throws Exception {
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close();
    }
    open.clear();
  }

  private String keys() {
    return keys("keys.txt", "suite=0\nguek=" + GUEK + "\nhls-secret=736563726574\n");
  }

  private String keys(String name, String text) {
    try {
      Path file = folder.resolve(name);
      if (!Files.exists(file)) {
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
      return Files.writeString(file, text).toString();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  /** Starts a meter with options of emulate, and gives its URI. */
  private String emulate(String... options) {
    Emulated emulated = new Emulated();
    new CommandLine(emulated).parseArgs(options);
    OmnipowerMeter.Builder meter =
        OmnipowerMeter.of(TestMeter.backend(LocalDateTime.of(2026, 1, 1, 0, 0)));
    open.addAll(emulated.security.addTo(meter, InstantSource.system()));
    return start(meter.build().device());
  }

  private String start(PhysicalDevice device) {
    DlmsServer server =
        DlmsServer.builder().tcpOnLoopback(0, Wrapper.defaults()).device(device).start();
    open.add(server);
    return "wrapper+tcp://127.0.0.1:" + server.addresses().get(0).getPort();
  }

  private String gmacMeter() {
    return emulate(
        "--security",
        "0",
        "--mechanism",
        "gmac",
        "--system-title",
        METER_TITLE,
        "--keys",
        keys(),
        "--counters-from",
        "1");
  }

  private String[] gmac(String command, String meter, String what, String... more) {
    List<String> all = new ArrayList<>(List.of(command, meter, what));
    all.addAll(
        List.of(
            "--security",
            "0",
            "--mechanism",
            "gmac",
            "--system-title",
            CLIENT_TITLE,
            "--keys",
            keys()));
    all.addAll(Arrays.asList(more));
    return all.toArray(new String[0]);
  }

  @Test
  void aSecuredMeterIsReadFromRunToRunWithTheSameFileOfCounters() {
    String meter = gmacMeter();
    String counters = file("counters");
    assertEquals(
        List.of("0"),
        dlms(gmac("get", meter, ENERGY, "--counters", counters, "--counters-create")).out());
    assertEquals(List.of("0"), dlms(gmac("get", meter, ENERGY, "--counters", counters)).out());
    assertEquals(
        List.of("3"),
        dlms(gmac("get", meter, "64:0.0.43.0.0.255:2", "--counters", counters)).out());
  }

  @Test
  void everyWayToCipherWorks() {
    String meter = gmacMeter();
    int from = 1;
    for (String with : List.of("global", "dedicated", "general-global", "general-dedicated")) {
      from += 1000;
      Run run =
          dlms(gmac("get", meter, ENERGY, "--cipher-with", with, "--counters-from", "" + from));
      assertEquals(List.of("0"), run.out(), with + run.err());
    }
  }

  @Test
  void whatIsProtectedLessIsRefused() {
    String meter = gmacMeter();
    assertFails(
        dlms(gmac("get", meter, ENERGY, "--protection", "authenticated", "--counters-from", "1")),
        "authentication-failure");
    assertFails(
        dlms("get", meter, ENERGY, "--client", "1", "--server", "16"),
        "application-context-name-not-supported");
  }

  @Test
  void otherKeysAreRefusedAndNotShown() {
    String meter = gmacMeter();
    String other = keys("other.txt", "suite=0\nguek=0F0102030405060708090A0B0C0D0E0F\n");
    Run run =
        dlms(
            "get",
            meter,
            ENERGY,
            "--security",
            "0",
            "--mechanism",
            "gmac",
            "--system-title",
            CLIENT_TITLE,
            "--keys",
            other,
            "--counters-from",
            "1");
    assertEquals(1, run.exitCode());
    assertTrue(run.err().contains("authentication-failure"), run.err());
    assertTrue(!run.err().contains("0F01020304"), run.err());
  }

  @Test
  void aSecretWithoutCipheringServesToo() {
    String meter =
        emulate("--mechanism", "sha256", "--system-title", METER_TITLE, "--keys", keys());
    assertEquals(
        List.of("0"),
        dlms(
                "get",
                meter,
                ENERGY,
                "--mechanism",
                "sha256",
                "--system-title",
                CLIENT_TITLE,
                "--keys",
                keys())
            .out());
  }

  @Test
  void thePolicyIsMadeStrongerAndSurvivesARestart() throws Exception {
    String password = keys("password", "secret\n");
    String[] options = {
      "--security",
      "0",
      "--mechanism",
      "gmac",
      "--protection",
      "authenticated",
      "--system-title",
      METER_TITLE,
      "--keys",
      keys(),
      "--setup",
      file("setup.p12"),
      "--setup-password-file",
      password
    };
    String counters = file("counters");
    String[] first = Arrays.copyOf(options, options.length + 3);
    first[options.length] = "--counters";
    first[options.length + 1] = file("server");
    first[options.length + 2] = "--counters-create";
    String meter = emulate(first);
    Run activated =
        dlms(
            gmac(
                "action",
                meter,
                "64:0.0.43.0.0.255:1",
                "--counters",
                counters,
                "--counters-create",
                "--",
                "{\"enum\": 3}"));
    assertEquals(0, activated.exitCode(), activated.err());
    close();
    String again = emulate(Arrays.copyOf(first, options.length + 2));
    assertEquals(
        List.of("3"),
        dlms(gmac("get", again, "64:0.0.43.0.0.255:2", "--counters", counters)).out());
    assertFails(
        dlms(gmac("get", again, ENERGY, "--counters", counters, "--protection", "authenticated")),
        "authentication-failure");
  }

  @Test
  void theFrameCounterTellsWhereToGoOn() throws IOException {
    // A meter that tells its frame counter to everybody; of OMNIPOWER none is known.
    LogicalDevice device =
        LogicalDevice.builder(1, Octets.ofAscii("KAM00000001"))
            .association(
                16,
                ServerAssociationConfig.builder().lowestLevelSecurity().build(),
                AccessPolicy.readOnly())
            .object(
                CosemObject.data(
                    ObisCode.of("0.0.43.1.0.255"), () -> CosemData.doubleLongUnsigned(123_456)))
            .build();
    String meter = start(PhysicalDevice.of(17, device));
    Path counters = folder.resolve("counters");
    // There is no secured association on it: what counts here is the file of counters.
    assertEquals(
        1,
        dlms(gmac(
                "get",
                meter,
                ENERGY,
                "--counters",
                counters.toString(),
                "--counters-create",
                "--frame-counter",
                "1:0.0.43.1.0.255:2",
                "--server",
                "1"))
            .exitCode());
    try (FileInvocationCounterStore store = FileInvocationCounterStore.open(counters)) {
      CounterId id = CounterId.of(SystemTitle.ofHex(CLIENT_TITLE), KeyMaterial.ofHex(GUEK));
      assertTrue(store.next(id) > 123_456);
    }
  }

  @Test
  void optionsThatMakeNoSenseForAMeterAreRefusedWithTheReason() {
    assertRefused("--setup keeps nothing", "--setup", file("setup.p12"));
    String[] usual = {
      "--security", "0", "--keys", keys(), "--counters-from", "1", "--system-title", METER_TITLE
    };
    assertRefused("--server-title is for clients", with(usual, "--server-title", CLIENT_TITLE));
    assertRefused("--cipher-with", with(usual, "--cipher-with", "dedicated"));
    assertRefused("not within 1..127", with(usual, "--secured-client", "128"));
    assertRefused("has a password", with(usual, "--setup", file("setup.p12")));
    assertRefused(
        "needs our system title", "--security", "0", "--keys", keys(), "--counters-from", "1");
  }

  private static String[] with(String[] options, String... more) {
    String[] all = Arrays.copyOf(options, options.length + more.length);
    System.arraycopy(more, 0, all, options.length, more.length);
    return all;
  }

  private void assertRefused(String why, String... options) {
    ParameterException refusal = assertThrows(ParameterException.class, () -> emulate(options));
    assertTrue(String.valueOf(refusal.getMessage()).contains(why), refusal.getMessage());
  }
}
