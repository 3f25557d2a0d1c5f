package io.dlms4j.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.EncodedData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.ActionResult;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.DataAccessException;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.MethodRef;
import io.dlms4j.cosem.RequestTimeoutException;
import io.dlms4j.cosem.apdu.Apdu;
import io.dlms4j.cosem.apdu.DataNotification;
import io.dlms4j.cosem.apdu.EventNotification;
import io.dlms4j.cosem.apdu.InformationReport;
import io.dlms4j.cosem.apdu.LongInvokeIdAndPriority;
import io.dlms4j.cosem.apdu.VariableAccess;
import io.dlms4j.cosem.association.DataStream;
import io.dlms4j.cosem.association.RequestOptions;
import io.dlms4j.cosem.association.ServiceRequest;
import io.dlms4j.cosem.association.ServiceResponse;
import io.dlms4j.cosem.classes.EntryNumbering;
import io.dlms4j.server.ReadResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a client and a server do together with all services, over whatever joins them. */
abstract class ServicesContract extends ClientServerContract {
  private static final List<AttributeRef> MIXED =
      List.of(ServiceMeter.NUMBER, ServiceMeter.DENIED, ServiceMeter.NO_SUCH, ServiceMeter.NUMBER);

  private @Nullable ServiceMeter meter;
  private @Nullable Site services;

  private ServiceMeter meter() {
    ServiceMeter used = meter;
    if (used == null) {
      used = new ServiceMeter(guard, EntryNumbering.OLDEST_IS_ONE);
      meter = used;
    }
    return used;
  }

  private Site services() {
    Site used = services;
    if (used == null) {
      used = new Site(place(), meter().device);
      services = used;
    }
    return used;
  }

  @AfterEach
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void stopServices() {
    Site used = services;
    if (used != null) {
      used.close();
    }
  }

  private void use(EntryNumbering numbering) {
    ServiceMeter used = new ServiceMeter(guard, numbering);
    services().restart(used.device);
    meter = used;
  }

  private DlmsClientBuilder as(int clientSap) {
    DlmsClientBuilder builder = guard.anybody(services().client(ServiceMeter.SAP, clientSap));
    return clientSap == ServiceMeter.SHORT ? builder.shortNames() : builder;
  }

  private CompletableFuture<ReadResult> later() {
    try {
      CompletableFuture<ReadResult> asked = meter().asked.poll(10, TimeUnit.SECONDS);
      if (asked == null) {
        throw new AssertionError("the object was not asked");
      }
      return asked;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static ReadResult seven() {
    return new ReadResult.Value(DataStream.of(CosemData.unsigned(7)));
  }

  /** The number, or the name of the result that there is in its place. */
  private static String told(Outcome outcome) {
    if (outcome instanceof Outcome.Failure failure) {
      if (failure.cause() instanceof DataAccessException refused) {
        return refused.result().toString();
      }
      return failure.cause() instanceof ActionException refused
          ? refused.result().toString()
          : failure.cause().toString();
    }
    CosemData data = ((Outcome.Success) outcome).data();
    return data == null ? "ok" : Long.toString(data.integralValue());
  }

  private static List<String> told(List<Outcome> outcomes) {
    return outcomes.stream().map(ServicesContract::told).toList();
  }

  private static CosemData text(int octets) {
    return CosemData.octetString(Octets.view(new byte[octets]));
  }

  @Test
  void aClientWritesAnAttribute() {
    try (BlockingDlmsClient client = as(ServiceMeter.ALL).connect().blocking()) {
      client.set(ServiceMeter.NUMBER, CosemData.unsigned(43));
      assertEquals(43, client.get(ServiceMeter.NUMBER).integralValue());
    }
  }

  @Test
  void whatIsTooLongForOneApduGoesInBlocks() {
    try (BlockingDlmsClient client = as(ServiceMeter.ALL).connect().blocking()) {
      client.set(ServiceMeter.TEXT, text(3000));
      assertEquals(text(3000), client.get(ServiceMeter.TEXT));
      assertEquals(Optional.of(text(1000)), client.action(ServiceMeter.ECHO, text(1000)));
    }
    try (BlockingDlmsClient client = as(ServiceMeter.PLAIN).connect().blocking()) {
      DlmsException failure =
          assertThrows(DlmsException.class, () -> client.set(ServiceMeter.TEXT, text(3000)));
      assertEquals(DlmsException.Origin.LOCAL, failure.origin());
      assertSays("the server takes no more than " + guard.room(200), failure);
      client.set(ServiceMeter.TEXT, text(3));
    }
  }

  @Test
  void aRefusedWritingSaysWhichAttributeAndWhy() {
    try (DlmsClient client = as(ServiceMeter.ALL).connect()) {
      DataAccessException failure =
          failure(
              DataAccessException.class, client.set(ServiceMeter.DENIED, CosemData.unsigned(1)));
      assertEquals(DataAccessResult.READ_WRITE_DENIED, failure.result());
      assertSays(ServiceMeter.DENIED.toString(), failure);
      failure =
          failure(DataAccessException.class, client.set(ServiceMeter.NUMBER, CosemData.bool(true)));
      assertEquals(DataAccessResult.TYPE_UNMATCHED, failure.result());
      assertEquals(42, await(client.get(ServiceMeter.NUMBER)).integralValue());
    }
  }

  @Test
  void aMethodReturnsSomethingOrNothing() {
    try (BlockingDlmsClient client = as(ServiceMeter.ALL).connect().blocking()) {
      assertEquals(
          Optional.of(CosemData.unsigned(5)),
          client.action(ServiceMeter.ECHO, CosemData.unsigned(5)));
      assertEquals(Optional.empty(), client.action(ServiceMeter.SILENT, null));
    }
  }

  @Test
  void aRefusedMethodSaysWhichAndWhy() {
    try (DlmsClient client = as(ServiceMeter.ALL).connect()) {
      ActionException failure =
          failure(ActionException.class, client.action(ServiceMeter.UNAVAILABLE, null));
      assertEquals(ActionResult.OBJECT_UNAVAILABLE, failure.result());
      assertEquals(ServiceMeter.UNAVAILABLE, failure.method());
      assertEquals(Optional.empty(), failure.returnParameters());
      assertEquals(
          "the server answered the invocation of 70:0.0.96.3.10.255:4 with object-unavailable",
          failure.getMessage());
      assertEquals(DlmsException.Origin.REMOTE, failure.origin());
      assertEquals(
          ActionResult.READ_WRITE_DENIED,
          failure(ActionException.class, client.action(ServiceMeter.FORBIDDEN, null)).result());
    }
  }

  @Test
  void eachItemOfAListHasItsOwnResultWhetherTheServerTakesListsOrNot() {
    List<CosemData> values = List.of(number(1), number(2), number(3), number(4));
    List<MethodRef> methods =
        List.of(
            ServiceMeter.SILENT, ServiceMeter.FORBIDDEN, ServiceMeter.NO_METHOD, ServiceMeter.ECHO);
    for (int sap : new int[] {ServiceMeter.ALL, ServiceMeter.PLAIN}) {
      try (BlockingDlmsClient client = as(sap).connect().blocking()) {
        client.set(ServiceMeter.NUMBER, number(42));
        assertEquals(
            List.of("42", "read-write-denied", "object-undefined", "42"),
            told(client.getAll(MIXED)));
        assertEquals(
            List.of("ok", "read-write-denied", "object-undefined", "ok"),
            told(client.setAll(MIXED, values)));
        assertEquals(4, client.get(ServiceMeter.NUMBER).integralValue());
        assertEquals(
            List.of("ok", "read-write-denied", "object-undefined", "9"),
            told(client.actionAll(methods, Arrays.asList(null, number(1), null, number(9)))));
      }
    }
  }

  private static CosemData number(int value) {
    return CosemData.unsigned(value);
  }

  @Test
  void aListOfAnyLengthIsReadAndWrittenInItsOrder() {
    List<AttributeRef> attributes = new ArrayList<>();
    List<CosemData> values = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      attributes.add(i % 7 == 3 ? ServiceMeter.NO_SUCH : ServiceMeter.NUMBER);
      values.add(number(i));
    }
    for (int sap : new int[] {ServiceMeter.ALL, ServiceMeter.PLAIN}) {
      try (BlockingDlmsClient client = as(sap).maxOutstandingRequests(4).connect().blocking()) {
        List<String> written = told(client.setAll(attributes, values));
        List<String> read = told(client.getAll(attributes));
        for (int i = 0; i < 150; i++) {
          assertEquals(i % 7 == 3 ? "object-undefined" : "ok", written.get(i));
          assertEquals(i % 7 == 3 ? "object-undefined" : "149", read.get(i));
        }
        assertEquals(List.of(), client.getAll(List.of()));
        assertEquals(List.of(), client.setAll(List.of(), List.of()));
        assertEquals(List.of(), client.actionAll(List.of(), List.of()));
      }
    }
  }

  @Test
  void oneItemThatIsNeverAnsweredCostsNoOther() {
    try (DlmsClient client =
        as(ServiceMeter.PLAIN).responseTimeout(Duration.ofMillis(1500)).connect()) {
      List<Outcome> outcomes =
          await(
              client.getAll(List.of(ServiceMeter.NUMBER, ServiceMeter.LATER, ServiceMeter.NUMBER)));
      assertEquals(42, outcomes.get(0).value().integralValue());
      Outcome.Failure failed = assertInstanceOf(Outcome.Failure.class, outcomes.get(1));
      assertInstanceOf(RequestTimeoutException.class, failed.cause());
      assertThrows(RequestTimeoutException.class, outcomes.get(1)::value);
      assertEquals(42, outcomes.get(2).value().integralValue());
    }
  }

  @Test
  void anAccessReadsWritesAndInvokes() {
    try (BlockingDlmsClient client = as(ServiceMeter.ALL).connect().blocking()) {
      assertEquals(
          List.of("42", "ok", "43", "read-write-denied", "object-undefined", "6", "ok"),
          told(
              client.access(
                  items ->
                      items
                          .get(ServiceMeter.NUMBER)
                          .set(ServiceMeter.NUMBER, number(43))
                          .get(ServiceMeter.NUMBER)
                          .set(ServiceMeter.DENIED, number(1))
                          .action(ServiceMeter.NO_METHOD, null)
                          .action(ServiceMeter.ECHO, number(6))
                          .action(ServiceMeter.SILENT, null)
                          .selfDescriptive()
                          .dateTime(ServiceMeter.time(0)))));
      List<Outcome> broken =
          client.access(
              items ->
                  items
                      .get(ServiceMeter.NO_SUCH)
                      .set(ServiceMeter.NUMBER, number(44))
                      .breakOnError());
      assertEquals(2, broken.size());
      assertTrue(broken.stream().noneMatch(Outcome::isSuccess), broken.toString());
      assertEquals(43, client.get(ServiceMeter.NUMBER).integralValue());
      assertThrows(IllegalArgumentException.class, () -> client.access(items -> {}));
    }
    try (DlmsClient client = as(ServiceMeter.PLAIN).connect()) {
      DlmsException failure =
          failure(DlmsException.class, client.access(items -> items.get(ServiceMeter.NUMBER)));
      assertEquals("the association has not agreed on access", failure.getMessage());
    }
  }

  @Test
  void whatHasNoBlocksOfItsOwnGoesInGeneralBlocks() {
    for (int window : new int[] {1, 3}) {
      try (BlockingDlmsClient client =
          as(ServiceMeter.GENERAL).generalBlockTransfer(window).connect().blocking()) {
        List<Outcome> outcomes =
            client.access(
                items ->
                    items
                        .set(ServiceMeter.TEXT, text(3000))
                        .get(ServiceMeter.TEXT)
                        .get(ServiceMeter.NO_SUCH));
        assertTrue(outcomes.get(0).isSuccess(), outcomes::toString);
        assertEquals(text(3000), outcomes.get(1).value());
        assertEquals("object-undefined", told(outcomes.get(2)));
        client.send(new ServiceRequest.Set(ServiceMeter.TEXT, EncodedData.of(text(300))));
        assertEquals(text(300), client.get(ServiceMeter.TEXT));
      }
    }
    // The same without it: the server takes no APDU of that length.
    try (BlockingDlmsClient client = as(ServiceMeter.GENERAL).connect().blocking()) {
      DlmsException failure =
          assertThrows(
              DlmsException.class,
              () -> client.access(items -> items.set(ServiceMeter.TEXT, text(700))));
      assertEquals(DlmsException.Origin.LOCAL, failure.origin());
    }
    DlmsClientBuilder builder = as(ServiceMeter.GENERAL);
    assertThrows(IllegalArgumentException.class, () -> builder.generalBlockTransfer(0));
    assertThrows(IllegalArgumentException.class, () -> builder.generalBlockTransfer(64));
  }

  @Test
  void shortNamesAreReadAndWritten() {
    VariableAccess number = new VariableAccess.VariableName(ServiceMeter.NUMBER_NAME + 8);
    VariableAccess denied = new VariableAccess.VariableName(ServiceMeter.DENIED_NAME + 8);
    VariableAccess unknown = new VariableAccess.VariableName(0x2000);
    VariableAccess text = new VariableAccess.VariableName(ServiceMeter.TEXT_NAME + 8);
    try (BlockingDlmsClient client = as(ServiceMeter.SHORT).connect().blocking()) {
      assertEquals(
          List.of("42", "read-write-denied", "object-undefined", "42"),
          told(client.read(List.of(number, denied, unknown, number))));
      assertEquals(
          List.of("ok", "read-write-denied", "object-undefined", "ok"),
          told(
              client.write(
                  List.of(number, denied, unknown, number),
                  List.of(number(1), number(2), number(3), number(4)))));
      client.send(new ServiceRequest.Write(List.of(number), List.of(EncodedData.of(number(5)))));
      assertEquals(List.of("5"), told(client.read(List.of(number))));
      assertEquals(List.of("ok"), told(client.write(List.of(text), List.of(text(1000)))));
      assertEquals(text(1000), client.read(List.of(text)).get(0).value());
      DataAccessException failure =
          assertThrows(DataAccessException.class, client.read(List.of(unknown)).get(0)::orThrow);
      assertSays("the access to short name 2000 with object-undefined", failure);
      assertEquals(List.of(), client.read(List.of()));
      assertEquals(List.of(), client.write(List.of(), List.of()));
    }
  }

  @Test
  void whatIsSentIsDoneAndNotAnswered() {
    try (DlmsClient client = as(ServiceMeter.ALL).connect()) {
      assertNull(
          await(
              client.send(
                  new ServiceRequest.Set(ServiceMeter.NUMBER, EncodedData.of(number(44))))));
      assertEquals(44, await(client.get(ServiceMeter.NUMBER)).integralValue());
      assertThrows(
          IllegalArgumentException.class,
          () -> client.send(new ServiceRequest.Get(ServiceMeter.NUMBER, null)));
    }
  }

  @Test
  void aRequestIsMadeAsItIs() {
    ServiceRequest.Get one = new ServiceRequest.Get(ServiceMeter.NUMBER, null);
    RequestOptions normal = RequestOptions.DEFAULT.withPriority(RequestOptions.Priority.NORMAL);
    try (BlockingDlmsClient client = as(ServiceMeter.ALL).connect().blocking()) {
      ServiceResponse.Data data =
          assertInstanceOf(ServiceResponse.Data.class, client.request(one, normal));
      assertEquals(1, data.results().size());
      assertThrows(IllegalArgumentException.class, () -> client.request(one, normal.unconfirmed()));
      assertThrows(
          IllegalArgumentException.class, () -> client.request(one, normal.atConsumersPace()));
    }
  }

  @Test
  void aRequestThatTakesItsTimeHoldsUpNoOtherThatMayBeOutstanding() {
    try (DlmsClient client = as(ServiceMeter.ALL).maxOutstandingRequests(2).connect()) {
      CompletionStage<CosemData> slow = client.get(ServiceMeter.LATER);
      CompletableFuture<ReadResult> asked = later();
      assertEquals(42, await(client.get(ServiceMeter.NUMBER)).integralValue());
      assertFalse(slow.toCompletableFuture().isDone());
      asked.complete(seven());
      assertEquals(7, await(slow).integralValue());
    }
  }

  @Test
  void whoCancelsGivesTheRequestUpAndItsLateAnswerMeetsNoOther() {
    try (DlmsClient client = as(ServiceMeter.ALL).connect()) {
      CompletionStage<CosemData> given = client.get(ServiceMeter.LATER);
      CompletableFuture<ReadResult> asked = later();
      CompletionStage<CosemData> next = client.get(ServiceMeter.NUMBER);
      // Had it not been given up, the next one would wait for it.
      assertTrue(given.toCompletableFuture().cancel(true));
      assertEquals(42, await(next).integralValue());
      asked.complete(seven());
      assertEquals(42, await(client.get(ServiceMeter.NUMBER)).integralValue());
      CompletionStage<List<Outcome>> list =
          client.getAll(List.of(ServiceMeter.NUMBER, ServiceMeter.LATER));
      assertFalse(later().isDone());
      assertTrue(list.toCompletableFuture().cancel(true));
      assertEquals(42, await(client.get(ServiceMeter.NUMBER)).integralValue());
    }
  }

  @Test
  void theServerTellsWhatItWasNotAskedFor() throws InterruptedException {
    BlockingQueue<Apdu> heard = new LinkedBlockingQueue<>();
    EventNotification event =
        new EventNotification(null, ServiceMeter.NUMBER, EncodedData.of(number(9)));
    DataNotification data =
        new DataNotification(
            LongInvokeIdAndPriority.of(1, true, false), Octets.EMPTY, EncodedData.of(number(8)));
    try (DlmsClient client = as(ServiceMeter.ALL).notifications(heard::add).connect()) {
      await(client.opened());
      for (Apdu notification : List.of(event, data)) {
        assertEquals(1, notify(ServiceMeter.ALL, notification));
        // On HDLC a server speaks when it is spoken to.
        assertEquals(42, await(client.get(ServiceMeter.NUMBER)).integralValue());
        assertEquals(notification, heard.poll(10, TimeUnit.SECONDS));
      }
    }
    InformationReport report =
        new InformationReport(
            null,
            List.of(new VariableAccess.VariableName(ServiceMeter.NUMBER_NAME + 8)),
            List.of(EncodedData.of(number(7))));
    try (DlmsClient client = as(ServiceMeter.SHORT).notifications(heard::add).connect()) {
      await(client.opened());
      assertEquals(1, notify(ServiceMeter.SHORT, report));
      await(client.read(report.variables()));
      assertEquals(report, heard.poll(10, TimeUnit.SECONDS));
    }
  }

  private int notify(int clientSap, Apdu notification) {
    return await(
        services()
            .server()
            .sendNotification(meter().device, ServiceMeter.SAP, clientSap, notification));
  }

  @Test
  void anAssociationIsReleasedOrDisconnected() {
    for (boolean explicitly : new boolean[] {true, false}) {
      DlmsClient client = as(ServiceMeter.ALL).releasing(explicitly).connect();
      CompletionStage<CosemData> waiting = client.get(ServiceMeter.LATER);
      assertFalse(later().isDone());
      client.close();
      for (CompletionStage<?> failed :
          List.of(
              waiting,
              client.get(ServiceMeter.NUMBER),
              client.set(ServiceMeter.NUMBER, number(1)),
              client.action(ServiceMeter.SILENT, null),
              client.send(new ServiceRequest.Action(ServiceMeter.SILENT, null)),
              client.access(items -> items.get(ServiceMeter.NUMBER)))) {
        assertEquals(
            "the connection has been closed", failure(LinkException.class, failed).getMessage());
      }
      List<Outcome> list =
          await(client.setAll(MIXED, List.of(number(1), number(2), number(3), number(4))));
      assertEquals(4, list.size());
      list.forEach(each -> assertThrows(LinkException.class, each::orThrow));
    }
  }

  @Test
  void theNewestRowsComeByEitherNumbering() {
    for (EntryNumbering numbering : EntryNumbering.values()) {
      use(numbering);
      try (BlockingDlmsClient client =
          as(ServiceMeter.ALL).entryNumbering(numbering).connect().blocking()) {
        BlockingProfileReader profile = client.profile(ServiceMeter.PROFILE);
        assertEquals(
            List.of("1017 2", "1018 0", "1019 1"), rows(profile.newest(3), 1, 2), "" + numbering);
        assertEquals(ServiceMeter.ROWS, rows(profile.newest(1000), 1, 2).size());
        assertThrows(IllegalArgumentException.class, () -> profile.newest(0));
        // All rows, one column of them.
        List<String> counters = rows(profile.selecting(ServiceMeter.COUNTER), 0);
        assertEquals(ServiceMeter.ROWS, counters.size());
        assertEquals("1000", counters.get(0));
        assertEquals("1019", counters.get(19));
      }
    }
  }

  private static List<String> rows(BlockingProfileReader profile, int... columns) {
    List<String> rows = new ArrayList<>();
    profile.forEach(
        row ->
            rows.add(
                String.join(
                    " ",
                    Arrays.stream(columns)
                        .mapToObj(column -> row.values().get(column).integralValue() + "")
                        .toList())));
    return rows;
  }

  @Test
  void rowsAreSelectedByAnyColumnAndColumnsByName() {
    try (BlockingDlmsClient client = as(ServiceMeter.ALL).connect().blocking()) {
      BlockingProfileReader profile = client.profile(ServiceMeter.PROFILE);
      assertEquals(
          List.of("1004", "1005"),
          rows(
              profile
                  .between(
                      ServiceMeter.COUNTER,
                      CosemData.doubleLongUnsigned(1004),
                      CosemData.doubleLongUnsigned(1005))
                  .selecting(ServiceMeter.COUNTER),
              0));
      // Named in another order than they come in, and not next to each other.
      BlockingProfileReader two =
          profile
              .between(ServiceMeter.time(2), ServiceMeter.time(3))
              .selecting(ServiceMeter.STATUS, ServiceMeter.CLOCK);
      assertEquals(
          List.of(ServiceMeter.CLOCK, ServiceMeter.STATUS),
          two.columns().stream().map(ProfileColumn::definition).toList());
      assertEquals(List.of("2", "0"), rows(two, 1));
      assertEquals(
          List.of("1002 2", "1003 0"),
          rows(profile.selecting(ServiceMeter.STATUS, ServiceMeter.COUNTER).entries(3, 4), 0, 1));
      DlmsException failure =
          assertThrows(
              DlmsException.class,
              () ->
                  profile
                      .selecting(ServiceMeter.CLOCK, ServiceMeter.STATUS)
                      .newest(1)
                      .forEach(row -> {}));
      assertSays("only columns that follow one another", failure);
      assertEquals(DlmsException.Origin.LOCAL, failure.origin());
    }
  }

  @Test
  void aListThatWaitsForTheConnectionFailsWithItItemByItem() {
    try (DlmsClient client = nobody().connect()) {
      List<Outcome> outcomes = await(client.getAll(MIXED));
      @Nullable DlmsException refused = null;
      for (Outcome outcome : outcomes) {
        Outcome.Failure failed = assertInstanceOf(Outcome.Failure.class, outcome);
        assertTrue(refused == null || refused == failed.cause());
        refused = failed.cause();
      }
      assertSays(guard.refusal().toString(), java.util.Objects.requireNonNull(refused));
    }
  }
}
