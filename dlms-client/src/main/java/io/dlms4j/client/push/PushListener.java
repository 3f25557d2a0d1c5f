package io.dlms4j.client.push;

import io.dlms4j.transport.TransportLoop;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Listens to meters that push (Blue Book 4.4.8, Green Book 9.3.10): they connect to it, and tell
 * without an association that was opened for it. It takes DataNotification, EventNotification and
 * InformationReport, in clear or protected, whole or by general block transfer, and confirms what
 * asks for it when the handler has it safe.
 *
 * <pre>{@code
 * try (PushListener listener =
 *     PushListener.builder()
 *         .tcp(new InetSocketAddress(4059))
 *         .security(headEndTitle, keys, counters)
 *         .onNotification(told -> store(told.originator(), told.values()))
 *         .start()) {
 *   ...
 * }
 * }</pre>
 *
 * <p>No thread a line: all of it runs on the threads of a {@link TransportLoop}. Its methods may be
 * called on any thread.
 */
public final class PushListener implements AutoCloseable {
  private final List<PushPort.Open> ports;
  private final PushDesk desk;
  private final @Nullable TransportLoop ownLoop;
  private @Nullable CompletionStage<Void> closing;

  PushListener(List<PushPort.Open> ports, PushDesk desk, @Nullable TransportLoop ownLoop) {
    this.ports = List.copyOf(ports);
    this.desk = desk;
    this.ownLoop = ownLoop;
  }

  /**
   * Begins a listener without ports.
   *
   * @return a builder
   */
  public static PushListenerBuilder builder() {
    return new PushListenerBuilder();
  }

  /**
   * Where it listens, with the port that the system chose where it was asked to.
   *
   * @return an address for each port of a network, in the order in which they were added
   */
  public List<InetSocketAddress> addresses() {
    return ports.stream().flatMap(port -> Stream.ofNullable(port.address())).toList();
  }

  /**
   * What has been counted so far.
   *
   * @return the counts
   */
  public PushStatistics statistics() {
    return desk.statistics();
  }

  /**
   * Begins to stop listening and to close every line.
   *
   * @return completes when all of that is done, on the thread of a line
   */
  public synchronized CompletionStage<Void> closeAsync() {
    CompletionStage<Void> begun = closing;
    if (begun == null) {
      begun = CompletableFuture.completedStage(null);
      for (PushPort.Open port : ports) {
        begun =
            begun.thenCombine(
                port.closing().get().handle((nothing, failure) -> null), (one, other) -> null);
      }
      TransportLoop own = ownLoop;
      if (own != null) {
        begun = begun.whenComplete((nothing, failure) -> own.close());
      }
      closing = begun;
    }
    return begun;
  }

  /**
   * Stops listening, closes every line, and waits until that is done. Not to be called by a
   * handler, which has {@link #closeAsync}. Closing again does nothing.
   */
  @Override
  public void close() {
    closeAsync().toCompletableFuture().join();
  }
}
