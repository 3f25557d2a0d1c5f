package io.dlms4j.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.association.ClientAssociationConfig;
import io.dlms4j.cosem.association.DataStream;
import io.dlms4j.cosem.association.ServerAssociationConfig;
import io.dlms4j.cosem.classes.AttributeAccessMode;
import io.dlms4j.cosem.classes.EntryDescriptor;
import io.dlms4j.cosem.security.Password;
import io.dlms4j.hdlc.HdlcAddress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Requests as they come down a line, and the octets that go back. */
class ServerSessionTest {
  private static final int PUBLIC = 16;
  private static final int READER = 19;
  private static final HdlcAddress DEVICE = HdlcAddress.logical(16);
  private static final ObisCode NAME = ObisCode.of("0.0.96.1.0.255");
  private static final String GET_NAME = get(1, NAME, 2);

  /** Invoke-id 1, confirmed, high priority: the value of NAME, visible-string "meter". */
  private static final String THE_NAME = "C401C1000A056D65746572";

  private static final ServerAssociationConfig OPEN =
      ServerAssociationConfig.builder()
          .lowestLevelSecurity()
          .conformance(
              Set.of(
                  Conformance.GET,
                  Conformance.BLOCK_TRANSFER_WITH_GET_OR_READ,
                  Conformance.SELECTIVE_ACCESS))
          .maxSendPduSize(64)
          .build();

  /** A CompletionStage of somebody else's making, as the interface allows it. */
  private static final class ForeignStage extends CompletableFuture<ReadResult> {
    @Override
    public CompletableFuture<ReadResult> toCompletableFuture() {
      throw new UnsupportedOperationException("this stage does not interoperate");
    }
  }

  /** A stage that gives its result as often as it is told to. */
  private static final class RepeatingStage extends CompletableFuture<ReadResult> {
    private @Nullable BiConsumer<? super ReadResult, ? super Throwable> action;

    @Override
    public CompletableFuture<ReadResult> whenComplete(
        BiConsumer<? super ReadResult, ? super Throwable> given) {
      action = given;
      return this;
    }

    void give(ReadResult result) {
      if (action != null) {
        action.accept(result, null);
      }
    }
  }

  private static String get(int classId, ObisCode name, int attribute) {
    return String.format("C001C1%04X%s%02X00", classId, name.toOctets().toHex(), attribute & 0xFF);
  }

  private static String select(String get, int selector, CosemData parameters) {
    return get.substring(0, get.length() - 2)
        + String.format("01%02X%s", selector, parameters.encode().toHex());
  }

  private static String refusal(DataAccessResult result) {
    return String.format("C401C101%02X", result.code());
  }

  private static CosemObject name() {
    return CosemObject.data(NAME, () -> CosemData.visibleString("meter"));
  }

  private static CosemObject answering(
      String name, Function<ReadRequest, CompletionStage<ReadResult>> reader) {
    return CosemObject.builder(1, 0, ObisCode.of(name)).attribute(2, List.of(1), reader).build();
  }

  private static PhysicalDevice device(AccessPolicy policy, CosemObject... objects) {
    LogicalDevice.Builder device =
        LogicalDevice.builder(16, Octets.ofAscii("KAM00000001"))
            .association(PUBLIC, OPEN, policy)
            .object(name());
    for (CosemObject object : objects) {
      device.object(object);
    }
    return PhysicalDevice.of(17, device.build());
  }

  private static Bench.Client associated(Bench bench) {
    Bench.Client client =
        bench.associate(PUBLIC, DEVICE, ClientAssociationConfig.builder().build());
    assertTrue(client.isAssociated());
    return client;
  }

  private static Bench.Client clientOf(CosemObject... objects) {
    return associated(new Bench(device(AccessPolicy.readOnly(), objects)));
  }

  @Test
  void aValueIsAnsweredInOneApdu() {
    assertEquals(THE_NAME, clientOf().exchange(GET_NAME));
  }

  @Test
  void aServiceWithoutAnAssociationIsNotAllowed() {
    Bench.Client client = new Bench(device(AccessPolicy.readOnly())).connect(PUBLIC, DEVICE);
    // exception-response: service-not-allowed, operation-not-possible
    assertEquals("D80101", client.exchange(GET_NAME));
  }

  @Test
  void aClientSapWithoutAnAssociationIsRefusedAndStaysWithoutServices() {
    Bench bench = new Bench(device(AccessPolicy.readOnly()));
    Bench.Client client =
        bench.associate(READER, DEVICE, ClientAssociationConfig.builder().build());
    assertFalse(client.isAssociated());
    assertEquals(
        List.of(
            "611F" // AARE
                + "A109060760857405080101" // application context: LN, no ciphering
                + "A203020101" // rejected-permanent
                + "A305A103020101" // acse-service-user: no-reason-given
                + "BE0604040E010602"), // confirmedServiceError, initiate: incompatible-conformance
        client.received);
    assertEquals("D80101", client.exchange(GET_NAME));
  }

  @Test
  void whatIsNotThereIsUndefined() {
    Bench.Client client = clientOf();
    String undefined = refusal(DataAccessResult.OBJECT_UNDEFINED);
    assertEquals(undefined, client.exchange(get(1, ObisCode.of("0.0.96.1.1.255"), 2)));
    assertEquals(undefined, client.exchange(get(1, NAME, 3)));
    assertEquals(undefined, client.exchange(get(1, NAME, 0)));
    assertEquals(undefined, client.exchange(get(1, NAME, -1)));
    assertEquals(THE_NAME, client.exchange(GET_NAME));
  }

  @Test
  void anotherClassIsInconsistent() {
    assertEquals(
        refusal(DataAccessResult.OBJECT_CLASS_INCONSISTENT), clientOf().exchange(get(3, NAME, 2)));
  }

  @Test
  void anAttributeWithoutTheRightToReadItIsDenied() {
    AccessPolicy policy =
        (object, index) ->
            object.logicalName().equals(NAME) && index == 2
                ? AttributeAccessMode.WRITE_ONLY
                : AttributeAccessMode.READ_ONLY;
    Bench.Client client = associated(new Bench(device(policy)));
    assertEquals(refusal(DataAccessResult.READ_WRITE_DENIED), client.exchange(GET_NAME));
    assertEquals("C401C100090600006001" + "00FF", client.exchange(get(1, NAME, 1)));
  }

  @Test
  void anObjectWithoutAnyRightIsNotSeen() {
    AccessPolicy policy =
        (object, index) ->
            object.logicalName().equals(NAME)
                ? AttributeAccessMode.NO_ACCESS
                : AttributeAccessMode.READ_AND_WRITE;
    Bench.Client client = associated(new Bench(device(policy)));
    assertEquals(refusal(DataAccessResult.OBJECT_UNDEFINED), client.exchange(GET_NAME));
    // Not even that its class is another one.
    assertEquals(refusal(DataAccessResult.OBJECT_UNDEFINED), client.exchange(get(3, NAME, 2)));
  }

  @Test
  void aSelectorThatTheAttributeDoesNotHaveGoesBeyondTheScope() {
    CosemData parameters = new EntryDescriptor(1, 2, 1, 0).encode();
    assertEquals(
        refusal(DataAccessResult.SCOPE_OF_ACCESS_VIOLATED),
        clientOf().exchange(select(GET_NAME, 2, parameters)));
  }

  @Test
  void accessParametersOfAnotherTypeAreUnmatched() {
    CosemObject picky =
        answering(
            "0.0.96.1.2.255",
            request -> {
              var access = request.selectiveAccess();
              return ReadResult.of(
                  access == null
                      ? CosemData.nullData()
                      : CosemData.doubleLongUnsigned(
                          EntryDescriptor.decode(access.accessParameters().value()).fromEntry()));
            });
    Bench.Client client = clientOf(picky);
    String get = get(1, picky.logicalName(), 2);
    CosemData good = new EntryDescriptor(7, 9, 1, 0).encode();
    assertEquals("C401C1000600000007", client.exchange(select(get, 1, good)));
    String unmatched = refusal(DataAccessResult.TYPE_UNMATCHED);
    assertEquals(unmatched, client.exchange(select(get, 1, CosemData.nullData())));
    assertEquals(unmatched, client.exchange(select(get, 1, CosemData.structure(good))));
    assertEquals("C401C10000", client.exchange(get));
  }

  @Test
  void whateverAnObjectDoesIsTheAnswerToItsRequestAndHarmsNoOther() {
    List<Function<ReadRequest, @Nullable CompletionStage<ReadResult>>> faults =
        List.of(
            request -> {
              throw new IllegalStateException("broken");
            },
            request -> {
              throw new StackOverflowError("very broken");
            },
            // Its own data, for the client sent none.
            request -> ReadResult.of(CosemData.decode(Octets.ofHex("0906"))),
            request -> null,
            request -> CompletableFuture.failedStage(new IllegalStateException("broken")),
            request -> CompletableFuture.completedFuture(null),
            request -> ReadResult.of(writer -> false),
            request -> ReadResult.refused(DataAccessResult.SUCCESS));
    for (var fault : faults) {
      CosemObject broken =
          new CosemObject() {
            @Override
            public int classId() {
              return 1;
            }

            @Override
            public int version() {
              return 0;
            }

            @Override
            public ObisCode logicalName() {
              return ObisCode.of("0.0.96.1.3.255");
            }

            @Override
            public List<Attribute> attributes() {
              return List.of(new Attribute(2, List.of()));
            }

            @Override
            @SuppressWarnings("NullAway") // What an object must not do.
            public CompletionStage<ReadResult> read(ReadRequest request) {
              return fault.apply(request);
            }
          };
      Bench.Client client = clientOf(broken);
      assertEquals(
          refusal(DataAccessResult.OTHER_REASON), client.exchange(get(1, broken.logicalName(), 2)));
      assertEquals(THE_NAME, client.exchange(GET_NAME));
    }
  }

  @Test
  void aPolicyThatThrowsCostsItsRequestOnly() {
    AccessPolicy policy =
        (object, index) -> {
          if (index == 2 && object.classId() == 1) {
            throw new IllegalStateException("broken");
          }
          return AttributeAccessMode.READ_ONLY;
        };
    Bench.Client client = associated(new Bench(device(policy)));
    assertEquals(refusal(DataAccessResult.OTHER_REASON), client.exchange(GET_NAME));
    assertEquals(
        "C401C1000906000029" + "0000FF",
        client.exchange(get(17, ObisCode.of("0.0.41.0.0.255"), 1)));
  }

  @Test
  void aStageThatIsNoCompletableFutureIsAnsweredFrom() {
    ForeignStage stage = new ForeignStage();
    CosemObject foreign = answering("0.0.96.1.4.255", request -> stage);
    Bench bench = new Bench(device(AccessPolicy.readOnly(), foreign));
    Bench.Client client = associated(bench);
    client.received.clear();
    client.send(get(1, foreign.logicalName(), 2));
    stage.complete(new ReadResult.Value(DataStream.of(CosemData.unsigned(5))));
    bench.run();
    assertEquals("C401C1001105", client.answer());
  }

  @Test
  void anObjectMayAnswerLater() {
    CompletableFuture<ReadResult> answer = new CompletableFuture<>();
    CosemObject slow = answering("0.0.96.1.5.255", request -> answer);
    Bench bench = new Bench(device(AccessPolicy.readOnly(), slow));
    Bench.Client client = associated(bench);
    client.received.clear();
    client.send(get(1, slow.logicalName(), 2));
    // RR instead of an answer, several times.
    for (int i = 0; i < 8; i++) {
      bench.passTime();
    }
    assertEquals(List.of(), client.received);
    answer.complete(new ReadResult.Value(DataStream.of(CosemData.unsigned(5))));
    // Whoever answers does not touch the session: its line's thread will.
    assertTrue(bench.hasTasks());
    bench.run();
    assertEquals("C401C1001105", client.answer());
  }

  @Test
  void anObjectMayRefuseOrFailLater() {
    List<CompletableFuture<ReadResult>> answers = new ArrayList<>();
    CosemObject slow =
        answering(
            "0.0.96.1.5.255",
            request -> {
              answers.add(new CompletableFuture<>());
              return answers.get(answers.size() - 1);
            });
    Bench bench = new Bench(device(AccessPolicy.readOnly(), slow));
    Bench.Client client = associated(bench);
    client.received.clear();
    client.send(get(1, slow.logicalName(), 2));
    answers.get(0).complete(new ReadResult.Refused(DataAccessResult.TEMPORARY_FAILURE));
    bench.run();
    assertEquals(refusal(DataAccessResult.TEMPORARY_FAILURE), client.answer());
    client.received.clear();
    client.send(get(1, slow.logicalName(), 2));
    answers.get(1).completeExceptionally(new IllegalStateException("broken"));
    bench.run();
    assertEquals(refusal(DataAccessResult.OTHER_REASON), client.answer());
  }

  @Test
  void anAnswerThatComesAfterTheNextRequestIsDropped() {
    CompletableFuture<ReadResult> answer = new CompletableFuture<>();
    CosemObject slow = answering("0.0.96.1.5.255", request -> answer);
    Bench bench = new Bench(device(AccessPolicy.readOnly(), slow));
    Bench.Client client = associated(bench);
    client.send(get(1, slow.logicalName(), 2));
    assertEquals(THE_NAME, client.exchange(GET_NAME));
    answer.complete(new ReadResult.Value(DataStream.of(CosemData.unsigned(5))));
    bench.run();
    assertEquals(THE_NAME, client.exchange(GET_NAME));
  }

  @Test
  void anObjectThatAnswersTwiceIsHeardOnce() {
    RepeatingStage stage = new RepeatingStage();
    CosemObject twice = answering("0.0.96.1.5.255", request -> stage);
    Bench bench = new Bench(device(AccessPolicy.readOnly(), twice));
    Bench.Client client = associated(bench);
    client.received.clear();
    client.send(get(1, twice.logicalName(), 2));
    stage.give(new ReadResult.Value(DataStream.of(CosemData.unsigned(5))));
    stage.give(new ReadResult.Value(DataStream.of(CosemData.unsigned(6))));
    bench.run();
    assertEquals("C401C1001105", client.answer());
    stage.give(new ReadResult.Refused(DataAccessResult.TEMPORARY_FAILURE));
    bench.run();
    assertEquals(THE_NAME, client.exchange(GET_NAME));
  }

  @Test
  void anAnswerThatComesAfterTheConnectionIsDropped() {
    CompletableFuture<ReadResult> answer = new CompletableFuture<>();
    CosemObject slow = answering("0.0.96.1.5.255", request -> answer);
    Bench bench = new Bench(device(AccessPolicy.readOnly(), slow));
    Bench.Client client = associated(bench);
    client.send(get(1, slow.logicalName(), 2));
    client.disconnect();
    client.received.clear();
    answer.complete(new ReadResult.Value(DataStream.of(CosemData.unsigned(5))));
    bench.run();
    assertEquals(List.of(), client.received);
    client = associated(bench);
    assertEquals(THE_NAME, client.exchange(GET_NAME));
  }

  @Test
  void anAnswerThatComesAfterAnewConnectionDoesNotMeetIt() {
    CompletableFuture<ReadResult> answer = new CompletableFuture<>();
    CosemObject slow = answering("0.0.96.1.5.255", request -> answer);
    Bench bench = new Bench(device(AccessPolicy.readOnly(), slow));
    Bench.Client first = associated(bench);
    first.send(get(1, slow.logicalName(), 2));
    // The same client and device: SNRM on a connection that is up.
    Bench.Client second = associated(bench);
    second.received.clear();
    answer.complete(new ReadResult.Value(DataStream.of(CosemData.unsigned(5))));
    bench.run();
    assertEquals(List.of(), second.received);
    assertEquals(THE_NAME, second.exchange(GET_NAME));
  }

  @Test
  void whoAnswersAfterTheEndOfTheLoopIsNotBothered() {
    RepeatingStage stage = new RepeatingStage();
    CosemObject slow = answering("0.0.96.1.5.255", request -> stage);
    Bench bench = new Bench(device(AccessPolicy.readOnly(), slow));
    Bench.Client client = associated(bench);
    client.send(get(1, slow.logicalName(), 2));
    bench.loseLine();
    bench.closeExecutor();
    stage.give(new ReadResult.Value(DataStream.of(CosemData.unsigned(5))));
  }

  @Test
  void aStreamThatFailsLateAbortsItsTransferAndNothingElse() {
    CosemObject broken =
        answering(
            "0.0.96.1.6.255",
            request ->
                ReadResult.of(
                    DataStream.ofArray(
                        100,
                        List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10).iterator(),
                        (writer, value) ->
                            writer.writeData(
                                CosemData.octetString(
                                    Octets.copyOf(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}))))));
    Bench.Client client = clientOf(broken);
    String first = client.exchange(get(1, broken.logicalName(), 2));
    assertTrue(first.startsWith("C402C1000000000100"), first);
    // last-block TRUE, block 2, result: data-access-result long-get-aborted
    assertEquals("C402C1010000000" + "1010F", client.exchange("C002C100000001"));
    assertEquals("C402C10100000001" + "0110", client.exchange("C002C100000001"));
    assertEquals(THE_NAME, client.exchange(GET_NAME));
  }

  @Test
  void associationsOfOneDeviceHaveTheirOwnRights() {
    AccessPolicy full = (object, index) -> AttributeAccessMode.READ_AND_WRITE;
    AccessPolicy little =
        (object, index) ->
            object.classId() == 15 && index == 2
                ? AttributeAccessMode.READ_ONLY
                : AttributeAccessMode.NO_ACCESS;
    LogicalDevice logical =
        LogicalDevice.builder(16, Octets.ofAscii("KAM00000001"))
            .association(PUBLIC, OPEN, little)
            .association(READER, OPEN, full)
            .object(name())
            .build();
    Bench bench = new Bench(PhysicalDevice.of(17, logical));
    Bench.Client poor = associated(bench);
    Bench.Client rich = bench.associate(READER, DEVICE, ClientAssociationConfig.builder().build());
    assertEquals(THE_NAME, rich.exchange(GET_NAME));
    assertEquals(refusal(DataAccessResult.OBJECT_UNDEFINED), poor.exchange(GET_NAME));
    assertEquals(
        refusal(DataAccessResult.READ_WRITE_DENIED),
        poor.exchange(get(15, AssociationLnObject.LOGICAL_NAME, 3)));
    String list = poor.exchange(get(15, AssociationLnObject.LOGICAL_NAME, 2));
    // An array of one: the association itself.
    assertTrue(list.startsWith("C402C100000000010036" + "0101" + "0204" + "12000F"), list);
  }

  @Test
  void devicesBehindOneLineAreToldApartByTheirPhysicalAddress() {
    List<PhysicalDevice> devices = new ArrayList<>();
    for (int physical : new int[] {17, 18}) {
      devices.add(
          PhysicalDevice.of(
              physical,
              LogicalDevice.builder(16, Octets.ofAscii("KAM000000" + physical))
                  .association(PUBLIC, OPEN, AccessPolicy.readOnly())
                  .object(CosemObject.data(NAME, () -> CosemData.unsigned(physical)))
                  .build()));
    }
    Bench bench = new Bench(devices.get(0), devices.get(1));
    ClientAssociationConfig config = ClientAssociationConfig.builder().build();
    Bench.Client first = bench.associate(PUBLIC, HdlcAddress.server(16, 17), config);
    Bench.Client second = bench.associate(READER, HdlcAddress.server(16, 18), config);
    Bench.Client third = bench.associate(PUBLIC, HdlcAddress.server(16, 18), config);
    assertEquals("C401C1001111", first.exchange(GET_NAME));
    assertFalse(second.isAssociated());
    assertEquals("C401C1001112", third.exchange(GET_NAME));
    // SAP_assignment_list: an array of one structure of long-unsigned and octet-string.
    String sapAssignment = get(17, ObisCode.of("0.0.41.0.0.255"), 2);
    assertEquals(
        "C401C100" + "0101" + "0202" + "120010" + "090B4B414D3030303030303138",
        third.exchange(sapAssignment));
    assertEquals(
        "C401C100" + "0101" + "0202" + "120010" + "090B4B414D3030303030303137",
        first.exchange(sapAssignment));
  }

  @Test
  void noLogLineShowsThePassword() {
    Password password = Password.ofText("Qx7-secret");
    ServerAssociationConfig secured =
        ServerAssociationConfig.builder().lowLevelSecurity(password).build();
    LogicalDevice logical =
        LogicalDevice.builder(16, Octets.ofAscii("KAM00000001"))
            .association(PUBLIC, secured, AccessPolicy.readOnly())
            .build();
    PrintStream err = System.err;
    ByteArrayOutputStream captured = new ByteArrayOutputStream();
    System.setErr(new PrintStream(captured, true, StandardCharsets.UTF_8));
    try {
      Bench bench = new Bench(PhysicalDevice.of(17, logical));
      Password wrong = Password.ofText("Zz9-guessed");
      Bench.Client refused =
          bench.associate(
              PUBLIC, DEVICE, ClientAssociationConfig.builder().lowLevelSecurity(wrong).build());
      assertFalse(refused.isAssociated());
      refused.send("6022A109060760857405080101" + password.toOctets().toHex());
    } finally {
      System.setErr(err);
    }
    String log = captured.toString(StandardCharsets.UTF_8);
    assertTrue(log.contains("association refused, acse-service-user: authentication-failure"), log);
    assertTrue(log.contains("the AARQ is malformed"), log);
    for (String secret : List.of("Qx7", "Zz9", "5178372D", "5178372d", "5A7A392D", "5a7a392d")) {
      assertFalse(log.contains(secret), log);
    }
  }
}
