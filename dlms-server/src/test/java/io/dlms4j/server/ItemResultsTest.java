package io.dlms4j.server;

import io.dlms4j.transport.TransportLoop;
import java.io.IOException;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of services, to the octet, on a real TCP line. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ItemResultsTest {
  private static final String ITEMS = "item-results.txt";
  private static final String BLOCKS = "blocks.txt";
  private static final String ASSOCIATIONS = "association-objects.txt";
  private static final int PATIENCE_MILLIS = 10_000;

  private final TransportLoop loop = TransportLoop.create(1);

  @AfterAll
  void closeLoop() {
    loop.close();
  }

  private void play(String file, String name) throws IOException {
    for (WireCase part : WireCase.of(file, name)) {
      part.play(loop, UnaryOperator.identity(), PATIENCE_MILLIS);
    }
  }

  static Stream<String> items() throws IOException {
    return WireCase.all(ITEMS).stream().map(WireCase::name);
  }

  @ParameterizedTest
  @MethodSource("items")
  void eachItemHasItsOwnResultInItsPlace(String name) throws IOException {
    play(ITEMS, name);
  }

  static Stream<String> blocks() throws IOException {
    return WireCase.all(BLOCKS).stream().map(WireCase::name);
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void whatDoesNotFitGoesInBlocks(String name) throws IOException {
    play(BLOCKS, name);
  }

  static Stream<String> associations() throws IOException {
    return WireCase.all(ASSOCIATIONS).stream().map(WireCase::name);
  }

  @ParameterizedTest
  @MethodSource("associations")
  void anAssociationTellsItsObjectsAndRights(String name) throws IOException {
    play(ASSOCIATIONS, name);
  }
}
