package io.dlms4j.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.DecodeLimits;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.ProtocolException;
import io.dlms4j.cosem.classes.CaptureObjectDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers whose APDUs are well-formed, and whose conduct is not. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MisbehavingServerTest {
  private static final AttributeRef NAME = AttributeRef.of(1, "0.0.96.1.0.255", 2);
  private static final String PROFILE = "1.0.99.1.0.255";

  /** A structure of one value: a row. */
  private static final String ROW = "0201" + "1107";

  private static final Octets COLUMNS =
      CosemData.array(new CaptureObjectDefinition(NAME).encode()).encode();

  private static DlmsClient client(Function<Octets, List<Octets>> script) {
    return ScriptedLine.client(DecodeLimits.DEFAULT, script);
  }

  private static Octets value(Octets request, String data) {
    return Octets.ofHex(String.format("C401%02X00%s", request.at(2), data));
  }

  private static Octets block(Octets request, int number, boolean last, String raw) {
    return Octets.ofHex(
        String.format(
            "C402%02X%02X%08X00%02X%s",
            request.at(2), last ? 1 : 0, number, raw.length() / 2, raw));
  }

  private static boolean isNext(Octets request) {
    return request.at(1) == 2;
  }

  private static boolean asksFor(Octets request, int classId, int attribute) {
    return request.at(1) == 1 && request.at(4) == classId && request.at(11) == attribute;
  }

  /** A profile of one column, whose buffer is answered by a script. */
  private static DlmsClient profile(Function<Octets, List<Octets>> buffer) {
    return client(
        request -> {
          if (asksFor(request, 7, 3)) {
            return List.of(value(request, COLUMNS.toHex()));
          }
          return asksFor(request, 1, 2) ? List.of(value(request, "1105")) : buffer.apply(request);
        });
  }

  /** Three blocks where one was asked for. */
  private static List<Octets> flood(Octets request) {
    return List.of(
        block(request, 1, false, "0103" + ROW),
        block(request, 2, false, ROW),
        block(request, 3, false, ROW));
  }

  @Test
  void blocksThatNobodyAskedForAreDropped() {
    try (DlmsClient client = profile(MisbehavingServerTest::flood)) {
      ProtocolException failure =
          assertThrows(
              ProtocolException.class,
              () ->
                  client
                      .blocking()
                      .profile(PROFILE)
                      .forEach(
                          row -> {
                            // The line's thread has taken all three when it comes to this.
                            CompletableFuture<Void> delivered = new CompletableFuture<>();
                            client
                                .connection()
                                .submit(
                                    session -> delivered.complete(null),
                                    delivered::completeExceptionally);
                            ClientServerContract.await(delivered);
                          }));
      // Blocks 2 and 3 came unasked. Asked for the next one, the server begins again.
      assertTrue(failure.toString().contains("sent block 1"), failure.toString());
      assertEquals(5, ClientServerContract.await(client.get(NAME)).integralValue());
    }
  }

  @Test
  void aReceiverThatFailedHearsNothingMore() {
    try (DlmsClient client = profile(MisbehavingServerTest::flood)) {
      List<ProfileRow> rows = new ArrayList<>();
      ClientServerContract.failure(
          DlmsException.class,
          client
              .profile(PROFILE)
              .forEach(
                  row -> {
                    rows.add(row);
                    throw new IllegalStateException("enough");
                  }));
      assertEquals(5, ClientServerContract.await(client.get(NAME)).integralValue());
      assertEquals(1, rows.size());
    }
  }

  @Test
  void aServerThatSendsEmptyBlocksForEverIsGivenUp() {
    int[] number = new int[1];
    try (DlmsClient client =
        client(
            request -> {
              if (!isNext(request) && number[0] > 0) {
                return List.of(value(request, "1105"));
              }
              return List.of(block(request, ++number[0], false, ""));
            })) {
      ProtocolException failure =
          ClientServerContract.failure(ProtocolException.class, client.get(NAME));
      assertEquals(
          "the server sent more than 16 blocks with nothing in them", failure.getMessage());
      assertEquals(5, ClientServerContract.await(client.get(NAME)).integralValue());
    }
  }

  @Test
  void anEmptyLastBlockIsTaken() {
    try (DlmsClient client =
        client(
            request ->
                List.of(
                    isNext(request)
                        ? block(request, 2, true, "")
                        : block(request, 1, false, "1105")))) {
      assertEquals(5, ClientServerContract.await(client.get(NAME)).integralValue());
    }
  }

  @Test
  void aValueWithSomethingBehindItIsMalformed() {
    try (DlmsClient client = client(request -> List.of(block(request, 1, true, "110500")))) {
      ProtocolException failure =
          ClientServerContract.failure(ProtocolException.class, client.get(NAME));
      ClientServerContract.assertSays("the value of 1:0.0.96.1.0.255:2 is malformed: ", failure);
      assertEquals(DlmsException.Scope.REQUEST, failure.scope());
    }
  }

  @Test
  void aProfileThatDeclaresMoreRowsThanItHasIsMalformedAfterThoseItHas() {
    try (DlmsClient client =
        profile(request -> List.of(block(request, 1, true, "0103" + ROW + ROW)))) {
      List<ProfileRow> rows = new ArrayList<>();
      ProtocolException failure =
          assertThrows(
              ProtocolException.class, () -> client.blocking().profile(PROFILE).forEach(rows::add));
      assertEquals(
          "the profile's buffer is malformed: it declares 3 rows and has 2", failure.getMessage());
      assertEquals(2, rows.size());
    }
  }

  @Test
  void aProfileWithoutAClockCannotBeSelectedByTime() {
    try (DlmsClient client = profile(request -> List.of(value(request, "0100")))) {
      DlmsException failure =
          ClientServerContract.failure(
              DlmsException.class,
              client
                  .profile(PROFILE)
                  .between(TestMeter.time(0), TestMeter.time(1))
                  .forEach(row -> {}));
      assertEquals("profile 1.0.99.1.0.255 has no clock to select by", failure.getMessage());
      assertEquals(DlmsException.Origin.LOCAL, failure.origin());
      assertThrows(
          DlmsException.class,
          () ->
              client
                  .blocking()
                  .profile(PROFILE)
                  .between(TestMeter.time(0), TestMeter.time(1))
                  .forEach(row -> {}));
      assertEquals(0, client.blocking().profile(PROFILE).forEach(row -> {}));
    }
  }
}
