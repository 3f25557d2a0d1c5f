package io.dlms4j.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.ActionResult;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.association.ClientAssociationConfig;
import io.dlms4j.cosem.association.ServerAssociationConfig;
import io.dlms4j.cosem.classes.AttributeAccessMode;
import io.dlms4j.cosem.classes.MethodAccessMode;
import io.dlms4j.hdlc.HdlcAddress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is written and invoked as it comes down a line, by objects that are slow, or faulty. */
class ServicesTest {
  private static final int CLIENT = 16;

  private static final Set<Conformance> SERVICES =
      EnumSet.of(
          Conformance.GET,
          Conformance.SET,
          Conformance.ACTION,
          Conformance.ACCESS,
          Conformance.MULTIPLE_REFERENCES,
          Conformance.SELECTIVE_ACCESS);

  private static final Set<Conformance> WITH_ATTRIBUTE_0 =
      EnumSet.of(
          Conformance.ATTRIBUTE0_SUPPORTED_WITH_GET, Conformance.ATTRIBUTE0_SUPPORTED_WITH_SET);

  static {
    WITH_ATTRIBUTE_0.addAll(SERVICES);
  }

  /** What the objects were asked, in order. */
  private final List<String> log = new ArrayList<>();

  private static ObisCode name(int number) {
    return new ObisCode(0, 0, 96, 1, number, 255);
  }

  /** Attribute 2 is written, and method 1 invoked, as the object is told to. */
  private CosemObject object(
      int number,
      Function<WriteRequest, CompletionStage<DataAccessResult>> writer,
      Function<InvokeRequest, CompletionStage<InvokeResult>> invoker) {
    return CosemObject.builder(1, 0, name(number))
        .attribute(
            2,
            List.of(),
            request -> ReadResult.of(CosemData.unsigned(number)),
            request -> {
              log.add("write " + number + " " + request.value());
              return writer.apply(request);
            })
        .method(
            1,
            request -> {
              log.add("invoke " + number + " " + request.parameters());
              return invoker.apply(request);
            })
        .build();
  }

  private CosemObject good(int number) {
    return object(
        number,
        request -> CompletableFuture.completedStage(DataAccessResult.SUCCESS),
        request -> InvokeResult.success());
  }

  private static Bench.Client associated(Bench bench) {
    return associated(bench, SERVICES);
  }

  private static Bench.Client associated(Bench bench, Set<Conformance> services) {
    Bench.Client client =
        bench.associate(
            CLIENT,
            HdlcAddress.logical(16),
            ClientAssociationConfig.builder().conformance(services).build());
    assertTrue(client.isAssociated());
    return client;
  }

  private static Bench bench(AccessPolicy policy, CosemObject... objects) {
    LogicalDevice.Builder device =
        LogicalDevice.builder(16, Octets.ofAscii("DLM0000001"))
            .association(
                CLIENT,
                ServerAssociationConfig.builder()
                    .lowestLevelSecurity()
                    .conformance(WITH_ATTRIBUTE_0)
                    .build(),
                policy);
    for (CosemObject object : objects) {
      device.object(object);
    }
    return new Bench(PhysicalDevice.of(17, device.build()));
  }

  private static Bench.Client clientOf(CosemObject... objects) {
    return associated(bench(AccessPolicy.full(), objects));
  }

  private static String reference(int number) {
    return "0001" + name(number).toOctets().toHex();
  }

  /** Set-Request-With-List: unsigned 1, 2, ... to attribute 2 of each. */
  private static String setList(int... numbers) {
    StringBuilder request = new StringBuilder(String.format("C104C1%02X", numbers.length));
    StringBuilder values = new StringBuilder();
    for (int i = 0; i < numbers.length; i++) {
      request.append(reference(numbers[i])).append("0200");
      values.append(String.format("11%02X", i + 1));
    }
    return request.append(String.format("%02X", numbers.length)).append(values).toString();
  }

  /** Action-Request-With-List: method 1 of each with null-data. */
  private static String actionList(int... numbers) {
    StringBuilder request = new StringBuilder(String.format("C303C1%02X", numbers.length));
    for (int number : numbers) {
      request.append(reference(number)).append("01");
    }
    return request
        .append(String.format("%02X", numbers.length))
        .append("00".repeat(numbers.length))
        .toString();
  }

  @Test
  void whatAnObjectDoesWhenItIsWrittenCostsItsItemOnly() {
    List<Function<WriteRequest, @Nullable CompletionStage<DataAccessResult>>> faults =
        List.of(
            request -> {
              throw new IllegalStateException("broken");
            },
            request -> {
              throw new StackOverflowError("very broken");
            },
            request -> null,
            request -> CompletableFuture.failedStage(new IllegalStateException("broken")),
            request -> CompletableFuture.completedFuture(null));
    for (var fault : faults) {
      log.clear();
      assertEquals(
          "C505C10300FA00",
          clientOf(good(1), writing(2, fault), good(3)).exchange(setList(1, 2, 3)));
      assertEquals(List.of("write 1 11 01", "write 2 11 02", "write 3 11 03"), log);
    }
  }

  @SuppressWarnings("NullAway") // What an object must not do.
  private CosemObject writing(
      int number, Function<WriteRequest, @Nullable CompletionStage<DataAccessResult>> fault) {
    return object(number, fault, request -> InvokeResult.success());
  }

  @SuppressWarnings("NullAway") // What an object must not do.
  private CosemObject invoking(
      int number, Function<InvokeRequest, @Nullable CompletionStage<InvokeResult>> fault) {
    return object(
        number, request -> CompletableFuture.completedStage(DataAccessResult.SUCCESS), fault);
  }

  @Test
  void whatAnObjectDoesWhenItIsInvokedCostsItsItemOnly() {
    List<Function<InvokeRequest, @Nullable CompletionStage<InvokeResult>>> faults =
        List.of(
            request -> {
              throw new IllegalStateException("broken");
            },
            request -> {
              throw new StackOverflowError("very broken");
            },
            request -> null,
            request -> CompletableFuture.failedStage(new IllegalStateException("broken")),
            request -> CompletableFuture.completedFuture(null));
    for (var fault : faults) {
      log.clear();
      assertEquals(
          "C703C103" + "0000" + "FA00" + "0000",
          clientOf(good(1), invoking(2, fault), good(3)).exchange(actionList(1, 2, 3)));
      assertEquals(List.of("invoke 1 00", "invoke 2 00", "invoke 3 00"), log);
    }
  }

  @Test
  void aReturnParameterThatCannotBeWrittenCostsItsItemOnly() {
    CosemObject broken =
        object(
            2,
            request -> CompletableFuture.completedStage(DataAccessResult.SUCCESS),
            request ->
                InvokeResult.of(
                    writer -> {
                      throw new IllegalStateException("broken");
                    }));
    // Carried out, and its return parameters are a data-access-result.
    assertEquals(
        "C703C103" + "0000" + "000101FA" + "0000",
        clientOf(good(1), broken, good(3)).exchange(actionList(1, 2, 3)));
  }

  @Test
  void aValueThatAnObjectCannotTakeApartIsUnmatched() {
    CosemObject picky =
        object(
            2,
            request -> {
              request.value().value().structureOf(2);
              return CompletableFuture.completedStage(DataAccessResult.SUCCESS);
            },
            request -> {
              request.parameters().value().structureOf(2);
              return InvokeResult.success();
            });
    Bench.Client client = clientOf(good(1), picky);
    assertEquals("C505C102000C", client.exchange(setList(1, 2)));
    assertEquals("C703C102" + "0000" + "0C00", client.exchange(actionList(1, 2)));
  }

  @Test
  void theSimpleWritableAttributeTakesTheTypeItHas() {
    List<CosemData> given = new ArrayList<>();
    CosemData[] value = {CosemData.nullData()};
    CosemObject object =
        CosemObject.builder(1, 0, name(1))
            .attribute(
                2,
                () -> value[0],
                data -> {
                  given.add(CosemData.unsigned((int) data.integralValue()));
                  value[0] = data;
                })
            .build();
    Bench.Client client = clientOf(object);
    String set = "C101C1" + reference(1) + "0200";
    assertEquals("C501C10C", client.exchange(set + "0A0131"));
    assertEquals("C501C100", client.exchange(set + "1101"));
    assertEquals("C501C10C", client.exchange(set + "120002"));
    assertEquals("C501C100", client.exchange(set + "1103"));
    assertEquals(List.of(CosemData.unsigned(1), CosemData.unsigned(3)), given);
  }

  @Test
  void refusalsOfAnObjectAreToldAsTheyAre() {
    CosemObject refusing =
        object(
            2,
            request -> CompletableFuture.completedStage(DataAccessResult.TEMPORARY_FAILURE),
            request -> InvokeResult.refused(ActionResult.HARDWARE_FAULT));
    Bench.Client client = clientOf(refusing);
    assertEquals("C505C10102", client.exchange(setList(2)));
    assertEquals("C703C101" + "0100", client.exchange(actionList(2)));
  }

  @Test
  void whatIsDoneIsDoneInOrderHoweverSlowly() {
    CompletableFuture<DataAccessResult> slow = new CompletableFuture<>();
    Bench bench =
        bench(
            AccessPolicy.full(),
            object(1, request -> slow, request -> InvokeResult.success()),
            good(2));
    Bench.Client client = associated(bench);
    client.received.clear();
    client.send(setList(1, 2, 1));
    assertEquals(List.of("write 1 11 01"), log);
    assertEquals(List.of(), client.received);
    slow.complete(DataAccessResult.TEMPORARY_FAILURE);
    // Whoever answers does not touch the session: its line's thread will.
    assertEquals(List.of("write 1 11 01"), log);
    bench.run();
    assertEquals("C505C103020002", client.answer());
    assertEquals(List.of("write 1 11 01", "write 2 11 02", "write 1 11 03"), log);
  }

  @Test
  void whatIsOnlyReadIsAskedForAllAtOnce() {
    List<CompletableFuture<ReadResult>> asked = new ArrayList<>();
    CosemObject slow =
        CosemObject.builder(1, 0, name(1))
            .attribute(
                2,
                List.of(),
                request -> {
                  asked.add(new CompletableFuture<>());
                  return asked.get(asked.size() - 1);
                })
            .build();
    Bench bench = bench(AccessPolicy.full(), slow);
    Bench.Client client = associated(bench);
    client.received.clear();
    client.send("C003C102" + (reference(1) + "0200").repeat(2));
    assertEquals(2, asked.size());
    for (int i = 1; i >= 0; i--) {
      ReadResult.of(CosemData.unsigned(i)).thenAccept(asked.get(i)::complete);
    }
    bench.run();
    assertEquals("C403C102" + "001100" + "001101", client.answer());
  }

  @Test
  void aSlowObjectHoldsUpItsOwnRequestOnly() {
    CompletableFuture<InvokeResult> slow = new CompletableFuture<>();
    Bench bench = bench(AccessPolicy.full(), invoking(1, request -> slow), good(2));
    Bench.Client client = associated(bench);
    client.send("C301C1" + reference(1) + "0100");
    // Another invoke-id, and another service.
    assertEquals("C501C200", client.exchange("C101C2" + reference(2) + "02001109"));
    assertEquals("C401C3001102", client.exchange("C001C3" + reference(2) + "0200"));
    client.received.clear();
    slow.complete(new InvokeResult(ActionResult.SUCCESS, null));
    bench.run();
    assertEquals("C701C10000", client.answer());
  }

  @Test
  void whatHasNotBegunWhenTheAssociationEndsIsLeftUndone() {
    for (boolean released : new boolean[] {true, false}) {
      log.clear();
      CompletableFuture<DataAccessResult> slow = new CompletableFuture<>();
      Bench bench =
          bench(
              AccessPolicy.full(),
              object(1, request -> slow, request -> InvokeResult.success()),
              good(2));
      Bench.Client client = associated(bench);
      client.send(setList(1, 2));
      if (released) {
        assertEquals("6303800100", client.exchange("6203800100"));
      } else {
        client.disconnect();
      }
      // The same client comes again: what it asked before is none of its business now.
      Bench.Client again = associated(bench);
      slow.complete(DataAccessResult.SUCCESS);
      bench.run();
      assertEquals(List.of("write 1 11 01"), log);
      assertEquals("C401C1001102", again.exchange("C001C1" + reference(2) + "0200"));
    }
  }

  @Test
  void anUnconfirmedRequestIsCarriedOutAndNotAnswered() {
    Bench.Client client = clientOf(good(1));
    client.send("C101" + "81" + reference(1) + "02001107");
    client.send("C301" + "82" + reference(1) + "0100");
    // The only answer is that to the one that is confirmed.
    assertEquals("C401C3001101", client.exchange("C001C3" + reference(1) + "0200"));
    assertEquals(List.of("write 1 11 07", "invoke 1 00"), log);
  }

  @Test
  void rightsAreThoseOfThePolicyForMethodsToo() {
    Bench.Client reader = associated(bench(AccessPolicy.readOnly(), good(1)));
    assertEquals("C701C10300", reader.exchange("C301C1" + reference(1) + "0100"));
    assertEquals("C501C103", reader.exchange("C101C1" + reference(1) + "02001107"));
    AccessPolicy methodsOnly =
        new AccessPolicy() {
          @Override
          public AttributeAccessMode mode(CosemObject object, int attributeIndex) {
            return AttributeAccessMode.NO_ACCESS;
          }

          @Override
          public MethodAccessMode methodMode(CosemObject object, int methodIndex) {
            return object.logicalName().equals(name(1))
                ? MethodAccessMode.ACCESS
                : MethodAccessMode.NO_ACCESS;
          }
        };
    Bench.Client client = associated(bench(methodsOnly, good(1), good(2)));
    // Seen for its method, although no attribute may be accessed; the other is not seen at all.
    assertEquals("C701C10000", client.exchange("C301C1" + reference(1) + "0100"));
    assertEquals("C401C10103", client.exchange("C001C1" + reference(1) + "0200"));
    assertEquals("C701C10400", client.exchange("C301C1" + reference(2) + "0100"));
    assertEquals(List.of("invoke 1 00"), log);
  }

  @Test
  void aRightToWriteDoesNotMakeAnObjectWritable() {
    AccessPolicy everything = (object, index) -> AttributeAccessMode.READ_AND_WRITE;
    CosemObject fixed = CosemObject.data(name(1), () -> CosemData.unsigned(1));
    Bench.Client client = associated(bench(everything, fixed));
    assertEquals("C501C103", client.exchange("C101C1" + reference(1) + "02001107"));
    assertFalse(fixed.attribute(2).orElseThrow().writable());
  }

  @Test
  void attribute0IsNoAttributeWhereItWasNotAgreedOn() {
    Bench.Client client = clientOf(good(1));
    assertEquals("C401C10104", client.exchange("C001C1" + reference(1) + "0000"));
    assertEquals("C501C104", client.exchange("C101C1" + reference(1) + "0000" + "0202001107"));
    assertEquals(List.of(), log);
  }

  @Test
  void allAttributesAreWrittenIfEachOfThemMayBe() {
    CosemObjectBuilder builder = CosemObject.builder(1, 0, name(1));
    for (int index = 2; index <= 3; index++) {
      builder.attribute(
          index,
          List.of(),
          request -> ReadResult.of(CosemData.nullData()),
          request -> {
            log.add("write attribute " + request.attributeIndex() + " " + request.value());
            return CompletableFuture.completedStage(
                request.value().octets().at(0) == 0x11
                    ? DataAccessResult.SUCCESS
                    : DataAccessResult.TYPE_UNMATCHED);
          });
    }
    AccessPolicy everything = (object, index) -> AttributeAccessMode.READ_AND_WRITE;
    CosemObject object = builder.attribute(4, () -> CosemData.unsigned(4)).build();
    Bench.Client client = associated(bench(everything, object), WITH_ATTRIBUTE_0);
    String set = "C101C1" + reference(1) + "0000" + "0204" + "00";
    // Attribute 4 cannot be written: neither are the others.
    assertEquals("C501C103", client.exchange(set + "1107" + "1108" + "1109"));
    assertEquals(List.of(), log);
    // What fails only when it is tried leaves the rest undone.
    assertEquals("C501C10C", client.exchange(set + "0F07" + "1108" + "00"));
    assertEquals(List.of("write attribute 2 0F 07"), log);
    assertEquals("C501C100", client.exchange(set + "1107" + "1108" + "00"));
    assertEquals("write attribute 3 11 08", log.get(2));
  }

  @Test
  void allAttributesAreReadWhateverOneOfThemDoes() {
    CompletableFuture<ReadResult> slow = new CompletableFuture<>();
    CosemObject object =
        CosemObject.builder(1, 0, name(1))
            .attribute(2, List.of(), request -> slow)
            .attribute(
                3,
                () -> {
                  throw new IllegalStateException("broken");
                })
            .attribute(5, () -> CosemData.unsigned(5))
            .attribute(-1, () -> CosemData.unsigned(1))
            .build();
    Bench bench = bench(AccessPolicy.full(), object);
    Bench.Client client = associated(bench, WITH_ATTRIBUTE_0);
    client.received.clear();
    client.send("C001C1" + reference(1) + "0000");
    assertEquals(List.of(), client.received);
    slow.complete(new ReadResult.Refused(DataAccessResult.TEMPORARY_FAILURE));
    bench.run();
    // A structure of five: null-data for what is refused, broken, or not there.
    assertEquals("C401C100" + "0205" + "09060000600101FF" + "000000" + "1105", client.answer());
  }

  @Test
  void noLogLineShowsWhatWasWrittenOrInvokedWith() {
    Bench.Client client =
        clientOf(
            writing(1, request -> null),
            invoking(2, request -> null),
            object(
                3,
                request -> CompletableFuture.completedStage(DataAccessResult.SUCCESS),
                request ->
                    InvokeResult.of(
                        writer -> {
                          throw new IllegalStateException("broken");
                        })));
    PrintStream err = System.err;
    ByteArrayOutputStream captured = new ByteArrayOutputStream();
    System.setErr(new PrintStream(captured, true, StandardCharsets.UTF_8));
    try {
      client.exchange("C101C1" + reference(1) + "0200" + "0904DEADBEEF");
      client.exchange("C301C1" + reference(2) + "01" + "01" + "0904DEADBEEF");
      client.exchange("C301C1" + reference(3) + "01" + "01" + "0904DEADBEEF");
    } finally {
      System.setErr(err);
    }
    String lines = captured.toString(StandardCharsets.UTF_8);
    for (int number = 1; number <= 2; number++) {
      assertTrue(lines.contains("1:0.0.96.1." + number + ".255"), lines);
    }
    assertTrue(lines.contains("item 0 of Action could not be written to its end"), lines);
    assertFalse(lines.replace(" ", "").contains("DEADBEEF"), lines);
  }
}
