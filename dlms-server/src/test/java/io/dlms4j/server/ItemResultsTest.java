package io.dlms4j.server;

import io.dlms4j.transport.TransportLoop;
import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of each item of a service, to the octet, on a real TCP line. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ItemResultsTest {
  private static final String FILE = "item-results.txt";
  private static final int PATIENCE_MILLIS = 10_000;

  private final TransportLoop loop = TransportLoop.create(1);

  @AfterAll
  void closeLoop() {
    loop.close();
  }

  static Stream<String> cases() throws IOException {
    return WireCase.all(FILE).stream().map(WireCase::name);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void eachItemHasItsOwnResultInItsPlace(String name) throws IOException {
    List<WireCase> parts = WireCase.of(FILE, name);
    for (WireCase part : parts) {
      part.play(loop, UnaryOperator.identity(), PATIENCE_MILLIS);
    }
  }
}
