package io.dlms4j.examples.cli;

import static io.dlms4j.examples.cli.Run.assertFails;
import static io.dlms4j.examples.cli.Run.dlms;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.classes.ImageTransferStatus;
import io.dlms4j.omnipower.OmnipowerMeter;
import io.dlms4j.omnipower.catalogue.Catalogue;
import io.dlms4j.omnipower.catalogue.MeterVariant;
import io.dlms4j.server.DlmsServer;
import io.dlms4j.server.Wrapper;
import io.dlms4j.server.image.ImageHeader;
import io.dlms4j.server.image.ImageTransfer;
import io.dlms4j.server.image.InMemoryImageStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command image, with an OMNIPOWER meter behind it. */
class ImageCommandTest {
  private static final int SIZE = 3000;
  private static final String[] PASSWORD = {"--password", OmnipowerMeter.DEFAULT_PASSWORD};

  @TempDir private Path directory;
  private final InMemoryImageStore store = new InMemoryImageStore();
  private ImageTransfer transfer;
  private DlmsServer server;
  private String meter;
  private Path file;

  @BeforeEach
  void start() throws IOException {
    file = directory.resolve("firmware.bin");
    Files.write(file, new byte[SIZE]);
    transfer =
        ImageTransfer.builder(
                Catalogue.of(MeterVariant.THREE_PHASE).entry("Image transfer class").logicalName(),
                store)
            .blockSize(983, 16, 983)
            .build();
    OmnipowerMeter device =
        OmnipowerMeter.of(TestMeter.backend(LocalDateTime.of(2013, 1, 10, 0, 0)))
            .imageTransfer(transfer)
            .build();
    server =
        DlmsServer.builder()
            .tcpOnLoopback(0, device.hdlc())
            .tcpOnLoopback(0, Wrapper.defaults())
            .device(device.device())
            .start();
    meter = "hdlc+tcp://127.0.0.1:" + server.addresses().get(0).getPort();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static Run image(String meter, String... arguments) {
    List<String> all = new ArrayList<>(List.of("image", meter));
    all.addAll(List.of(arguments));
    all.addAll(List.of(PASSWORD));
    return dlms(all.toArray(String[]::new));
  }

  @Test
  void anImageIsTransferredVerifiedAndActivated() {
    Run run = image(meter, file.toString(), "--activate");
    assertEquals(0, run.exitCode(), run.err());
    assertEquals("4 blocks sent", run.out().get(0));
    String name = Octets.ofAscii("firmware.bin").toHex();
    assertTrue(run.out().get(1).contains("3000 octets, identification " + name), run.out().get(1));
    assertEquals("activated", run.out().get(2));
    assertEquals(ImageTransferStatus.ACTIVATION_SUCCESSFUL, transfer.status());
  }

  @Test
  void overTheWrapperAnImageIsNotActivatedUnlessThatIsAskedFor() throws IOException {
    String wrapper = "wrapper+tcp://127.0.0.1:" + server.addresses().get(1).getPort();
    Run run = image(wrapper, file.toString(), "--identification", "0x0102");
    assertEquals(0, run.exitCode(), run.err());
    assertEquals("not activated", run.out().get(2));
    assertEquals(ImageTransferStatus.VERIFICATION_SUCCESSFUL, transfer.status());
    ImageHeader kept = Objects.requireNonNull(store.load().orElseThrow().image());
    assertEquals(Octets.of(1, 2), kept.identification());
  }

  @Test
  void aTransferThatWasCutOffIsResumed() throws IOException {
    ImageHeader image = new ImageHeader(Octets.ofAscii("firmware.bin"), SIZE, 983);
    store.begin(image);
    store.write(image, 1, Octets.view(new byte[983]));
    transfer.restart();
    Run run = image(meter, file.toString(), "--resume");
    assertEquals(0, run.exitCode(), run.err());
    assertEquals("3 blocks sent", run.out().get(0));
  }

  @Test
  void whatTheMeterRefusesIsSaid() {
    Run tooLarge = image(meter, file.toString(), "--object", "0.0.44.0.1.255");
    assertEquals(1, tooLarge.exitCode());
    assertFails(tooLarge, "object-undefined");
    transfer.setEnabled(false);
    assertFails(image(meter, file.toString()), "takes no image");
  }

  @Test
  void whatMakesNoSenseIsSaidBeforeAnythingIsSent() throws IOException {
    assertFails(image(meter, directory.resolve("none").toString()), "cannot read");
    Path empty = Files.createFile(directory.resolve("empty"));
    assertFails(image(meter, empty.toString()), "empty");
    assertEquals(2, image(meter, file.toString(), "--object", "none").exitCode());
    assertEquals(2, image(meter, file.toString(), "--identification", "0xZZ").exitCode());
    assertEquals(2, image(meter, file.toString(), "--patience", "0").exitCode());
    assertEquals(ImageTransferStatus.NOT_INITIATED, transfer.status());
  }
}
