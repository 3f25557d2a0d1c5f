package io.dlms4j.server.push;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.AxdrException;
import io.dlms4j.axdr.AxdrWriter;
import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.CosemDateTime;
import io.dlms4j.axdr.EncodedData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.ActionResult;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.acse.ApplicationContextName;
import io.dlms4j.cosem.association.DataStream;
import io.dlms4j.cosem.association.NegotiatedContext;
import io.dlms4j.cosem.association.ServerAssociationConfig;
import io.dlms4j.cosem.classes.CaptureObjectDefinition;
import io.dlms4j.cosem.classes.RepetitionDelay;
import io.dlms4j.server.AccessPolicy;
import io.dlms4j.server.ClientContext;
import io.dlms4j.server.CosemObject;
import io.dlms4j.server.InvokeRequest;
import io.dlms4j.server.LogicalDevice;
import io.dlms4j.server.ReadRequest;
import io.dlms4j.server.ReadResult;
import io.dlms4j.server.WriteRequest;
import io.dlms4j.transport.TransportLoop;
import java.net.ServerSocket;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A Push setup object, as its client sees it and by itself. */
class PushObjectTest {
  private static final ObisCode NAME = ObisCode.of("0.0.25.9.0.255");
  private static final ObisCode LIST = ObisCode.of("0.0.128.0.0.255");
  private static final CosemDateTime NIGHT =
      CosemDateTime.of(LocalDateTime.of(2026, 1, 2, 3, 4), 0, 0);
  private static final LogicalDevice DEVICE = device(null);
  private static final ClientContext CLIENT =
      new ClientContext(
          16,
          DEVICE,
          ServerAssociationConfig.builder().lowestLevelSecurity().build(),
          new NegotiatedContext(ApplicationContextName.LOGICAL_NAME_REFERENCING, Set.of(), 0, 0, 6),
          AccessPolicy.full());

  private static LogicalDevice device(@Nullable PushObject push) {
    LogicalDevice.Builder builder =
        LogicalDevice.builder(1, Octets.ofAscii("KAM17882969"))
            .object(
                CosemObject.data(
                    LIST, () -> CosemData.structure(CosemData.unsigned(1), CosemData.unsigned(2))))
            .object(
                CosemObject.builder(1, 0, ObisCode.of("0.0.128.0.1.255"))
                    .attribute(
                        2,
                        () -> {
                          throw new IllegalStateException("out of order");
                        })
                    .build());
    return (push == null ? builder : builder.object(push)).build();
  }

  private static CosemData read(PushObject object, int index) throws Exception {
    ReadResult.Value value =
        assertInstanceOf(
            ReadResult.Value.class,
            object.read(new ReadRequest(index, null, CLIENT)).toCompletableFuture().get());
    AxdrWriter writer = new AxdrWriter();
    DataStream stream = value.value();
    while (stream.writeNext(writer)) {
      // All of it.
    }
    return CosemData.decode(writer.toOctets());
  }

  private static void write(PushObject object, int index, CosemData value) throws Exception {
    assertEquals(
        DataAccessResult.SUCCESS,
        object
            .write(new WriteRequest(index, null, EncodedData.of(value), CLIENT))
            .toCompletableFuture()
            .get());
  }

  @Test
  void whatIsWrittenIsReadInBothVersions() throws Exception {
    for (int version = 0; version <= 1; version++) {
      List<PushSettings> kept = new ArrayList<>();
      PushObject object = PushObject.builder(version, NAME, 16).onChange(kept::add).build();
      CosemData list =
          CosemData.array(
              CosemData.structure(
                  CosemData.longUnsigned(1),
                  CosemData.octetString(LIST.toOctets()),
                  CosemData.integer(2),
                  CosemData.longUnsigned(1)));
      CosemData destination =
          CosemData.structure(
              CosemData.enumerated(1),
              CosemData.octetString(Octets.ofAscii("192.0.2.1:4059")),
              CosemData.enumerated(0));
      CosemData windows =
          CosemData.array(
              CosemData.structure(
                  CosemData.octetString(NIGHT.encode()), CosemData.octetString(NIGHT.encode())));
      CosemData delay = CosemData.longUnsigned(7);
      CosemData[] values = {
        list, destination, windows, CosemData.longUnsigned(300), CosemData.unsigned(5), delay
      };
      for (int i = 0; i < values.length; i++) {
        write(object, i + 2, values[i]);
        assertEquals(values[i], read(object, i + 2));
      }
      assertEquals(6, kept.size());
      assertEquals(object.settings(), kept.get(5));
      assertEquals(CosemData.octetString(NAME.toOctets()), read(object, 1));
      assertEquals(version == 0 ? 7 : 10, object.attributes().size());
      assertEquals(List.of(1), object.methods());
    }
    assertEquals(CosemData.integer(16), read(PushObject.builder(1, NAME, 16).build(), 9));
  }

  @Property(tries = 500)
  void whatIsOfAnotherTypeChangesNothing(
      @ForAll @IntRange(min = 2, max = 7) int index, @ForAll @Size(max = 4) List<Integer> values) {
    PushObject object = PushObject.builder(1, NAME, 16).build();
    PushSettings before = object.settings();
    CosemData value =
        CosemData.structure(values.stream().map(each -> CosemData.doubleLong(each)).toList());
    assertThrows(
        AxdrException.class,
        () -> object.write(new WriteRequest(index, null, EncodedData.of(value), CLIENT)));
    assertEquals(before, object.settings());
  }

  @Test
  void aDestinationOfAnotherServiceOrMessageIsNotTaken() {
    PushObject object = PushObject.builder(0, NAME, 16).build();
    for (int[] codes : new int[][] {{9, 0}, {0, 1}}) {
      CosemData value =
          CosemData.structure(
              CosemData.enumerated(codes[0]),
              CosemData.octetString(Octets.EMPTY),
              CosemData.enumerated(codes[1]));
      assertEquals(
          DataAccessResult.TYPE_UNMATCHED,
          object
              .write(new WriteRequest(3, null, EncodedData.of(value), CLIENT))
              .toCompletableFuture()
              .join());
    }
  }

  @Test
  void destinationsOfANetworkAreHostsAndPorts() {
    assertEquals(
        4059,
        PushDestination.of(TransportService.TCP, "192.0.2.1", 4059)
            .address()
            .orElseThrow()
            .getPort());
    assertEquals(
        "2001:db8::1",
        PushDestination.of(TransportService.UDP, "2001:db8::1", 1)
            .address()
            .orElseThrow()
            .getHostString());
    for (String wrong :
        new String[] {"", "host", ":1", "host:", "host:0", "host:65536", "host:x"}) {
      assertTrue(
          new PushDestination(TransportService.TCP, Octets.ofAscii(wrong)).address().isEmpty(),
          wrong);
    }
  }

  @Test
  void whatCannotBeReadIsNullAndADataIndexIsOneElement() throws Exception {
    PushValues values = new PushValues(DEVICE, 16, AccessPolicy.readOnly());
    EncodedData told =
        values
            .gather(
                List.of(
                    new CaptureObjectDefinition(new AttributeRef(1, LIST, 2)),
                    new CaptureObjectDefinition(new AttributeRef(1, LIST, 2), 2),
                    new CaptureObjectDefinition(new AttributeRef(1, LIST, 2), 3),
                    new CaptureObjectDefinition(new AttributeRef(1, LIST, 2), 0xF001),
                    new CaptureObjectDefinition(new AttributeRef(3, LIST, 2)),
                    new CaptureObjectDefinition(new AttributeRef(1, LIST, 9)),
                    new CaptureObjectDefinition(
                        new AttributeRef(1, ObisCode.of("0.0.128.0.1.255"), 2))))
            .toCompletableFuture()
            .get();
    assertEquals(
        CosemData.structure(
            CosemData.structure(CosemData.unsigned(1), CosemData.unsigned(2)),
            CosemData.unsigned(2),
            CosemData.nullData(),
            CosemData.nullData(),
            CosemData.nullData(),
            CosemData.nullData(),
            CosemData.nullData()),
        told.value());
  }

  @Test
  void aMethodIsRefusedBeforeTheObjectIsStartedAndSoAreOtherParameters() throws Exception {
    PushObject object = PushObject.builder(0, NAME, 16).build();
    assertEquals(
        ActionResult.TEMPORARY_FAILURE,
        object
            .invoke(new InvokeRequest(1, EncodedData.of(CosemData.integer(0)), CLIENT))
            .toCompletableFuture()
            .get()
            .result());
    assertThrows(
        AxdrException.class,
        () -> object.invoke(new InvokeRequest(1, EncodedData.of(CosemData.unsigned(0)), CLIENT)));
    assertThrows(IllegalStateException.class, object::push);
    assertThrows(IllegalArgumentException.class, () -> PushObject.builder(2, NAME, 16));
    assertThrows(IllegalArgumentException.class, () -> PushObject.builder(0, NAME, 128));
  }

  @Test
  void aPushToNobodyIsGivenUpAndSaysWhy() throws Exception {
    int nobody;
    try (ServerSocket closed = new ServerSocket(0)) {
      nobody = closed.getLocalPort();
    }
    try (TransportLoop loop = TransportLoop.create(1)) {
      PushEnvironment environment = PushEnvironment.on(loop);
      PushObject object = PushObject.builder(0, NAME, 16).build();
      object.start(device(object), environment);
      assertThrows(IllegalStateException.class, () -> object.start(device(object), environment));
      PushDestination[] nowhere = {
        PushDestination.NONE,
        PushDestination.of(TransportService.TCP, "127.0.0.1", nobody),
        PushDestination.of(TransportService.SMS, "127.0.0.1", nobody)
      };
      for (PushDestination to : nowhere) {
        object.settings(
            PushSettings.NONE.withDestination(to).withRetries(1, RepetitionDelay.of(0)));
        PushOutcome outcome = object.push().toCompletableFuture().get(30, TimeUnit.SECONDS);
        assertFalse(outcome.delivered());
        assertEquals(2, outcome.attempts());
        assertTrue(outcome.failure().isPresent());
      }
      object.settings(PushSettings.NONE.withRandomisationStartInterval(3600));
      var waiting = object.push().toCompletableFuture();
      object.stop();
      assertThrows(CancellationException.class, waiting::join);
      assertThrows(ExecutionException.class, () -> object.push().toCompletableFuture().get());
      environment.timer().shutdownNow();
    }
  }
}
