package io.dlms4j.client;

import io.dlms4j.axdr.AxdrException;
import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.DecodeLimits;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.ProtocolException;
import io.dlms4j.cosem.Quantity;
import io.dlms4j.cosem.ScalerUnit;
import io.dlms4j.cosem.apdu.SelectiveAccess;
import io.dlms4j.cosem.association.NegotiatedContext;
import io.dlms4j.cosem.classes.InterfaceClass;
import io.dlms4j.cosem.classes.ObjectListElement;
import io.dlms4j.cosem.classes.ProfileGeneric;
import io.dlms4j.cosem.classes.Register;
import io.dlms4j.link.LinkEvent;
import io.dlms4j.transport.LineDriver;
import io.dlms4j.transport.SerialSettings;
import io.dlms4j.transport.TransportLoop;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A client in one association with one logical device. Nothing blocks: every request gives a stage
 * that completes with the answer, or with a {@link DlmsException} that says why there is none.
 *
 * <pre>{@code
 * try (BlockingDlmsClient meter =
 *     DlmsClient.tcp("192.0.2.7", 1025)
 *         .hdlc(HdlcAddress.logical(16), 19)
 *         .lowLevelSecurity("12345")
 *         .connect()
 *         .blocking()) {
 *   Quantity energy = meter.read(Register.at("1.1.1.8.0.255"));
 * }
 * }</pre>
 *
 * <p>Its methods may be called on any thread; stages complete on the line's thread. Requests are
 * sent one after the other, those made while the connection is being made wait for it. A client
 * that cannot connect, or is refused the association, closes itself.
 */
public final class DlmsClient implements AutoCloseable {
  private static final AttributeRef OBJECT_LIST =
      new AttributeRef(
          InterfaceClass.ASSOCIATION_LN.classId(), new ObisCode(0, 0, 40, 0, 0, 255), 2);

  private final ClientSession session;
  private final CompletableFuture<NegotiatedContext> opened;
  private final DecodeLimits limits;
  private final @Nullable TransportLoop ownLoop;
  private final CompletableFuture<Void> closed = new CompletableFuture<>();

  /** Threads that are just busy with the rows of a profile. */
  private final Set<Thread> consuming = ConcurrentHashMap.newKeySet();

  private final Object lock = new Object();
  private final List<Waiting> waiting = new ArrayList<>();
  private @Nullable LineDriver line;
  private @Nullable DlmsException over;
  private boolean closing;

  private record Waiting(Consumer<ClientSession> task, Consumer<DlmsException> onFailure) {}

  DlmsClient(
      ClientSession session,
      CompletableFuture<NegotiatedContext> opened,
      DecodeLimits limits,
      @Nullable TransportLoop ownLoop) {
    this.session = session;
    this.opened = opened;
    this.limits = limits;
    this.ownLoop = ownLoop;
    // Without an association nothing can be asked: neither line nor thread are kept for it.
    opened()
        .whenComplete(
            (context, failure) -> {
              if (failure != null) {
                // On a fast line this may come before the line was handed over here.
                if (Blocking.root(failure) instanceof DlmsException cause) {
                  giveUp(cause);
                }
                closeAsync();
              }
            });
  }

  /**
   * Begins a connection to a server over TCP.
   *
   * @param host name or address
   * @param port 1..65535
   * @return a builder
   * @throws IllegalArgumentException if the port is out of range
   */
  public static DlmsClientBuilder tcp(String host, int port) {
    return new DlmsClientBuilder(new ClientPath.Tcp(address(host, port)));
  }

  /**
   * Begins a connection to a server over UDP, with the COSEM wrapper.
   *
   * @param host name or address
   * @param port 1..65535
   * @return a builder
   * @throws IllegalArgumentException if the port is out of range
   */
  public static DlmsClientBuilder udp(String host, int port) {
    return new DlmsClientBuilder(new ClientPath.Udp(address(host, port)));
  }

  /**
   * Begins a connection to a server on a serial line, with HDLC at once. Needs jSerialComm.
   *
   * @param settings which port, and its speed and character format
   * @return a builder
   */
  public static DlmsClientBuilder serial(SerialSettings settings) {
    return new DlmsClientBuilder(new ClientPath.Serial(settings, false));
  }

  /**
   * Begins a connection to a server on a serial line that is opened by mode E of IEC 62056-21.
   * Needs jSerialComm.
   *
   * @param settings which port
   * @return a builder
   */
  public static DlmsClientBuilder serialModeE(SerialSettings settings) {
    return new DlmsClientBuilder(new ClientPath.Serial(settings, true));
  }

  private static InetSocketAddress address(String host, int port) {
    if (port < 1 || port > 0xFFFF) {
      throw new IllegalArgumentException("port " + port + " is not within 1..65535");
    }
    return InetSocketAddress.createUnresolved(host, port);
  }

  /**
   * The opening of the association.
   *
   * @return completes with what was agreed on; fails with a {@link DlmsException}
   */
  public CompletionStage<NegotiatedContext> opened() {
    return opened.copy();
  }

  /**
   * Waits for the association and gives a view of this client whose methods wait for their answers.
   *
   * @return the blocking view
   * @throws DlmsException if there is no association, and this client is closed then; or if this is
   *     the line's thread and the association is not there yet
   */
  public BlockingDlmsClient blocking() {
    if (!opened.isDone()) {
      requireMayWait();
    }
    try {
      Blocking.await(opened);
    } catch (DlmsException e) {
      close();
      throw e;
    }
    return new BlockingDlmsClient(this);
  }

  /**
   * Reads an attribute.
   *
   * @param attribute which one
   * @return its value; fails with a {@link DlmsException}
   */
  public CompletionStage<CosemData> get(AttributeRef attribute) {
    return get(attribute, null);
  }

  /**
   * Reads a part of an attribute.
   *
   * @param attribute which one
   * @param selectiveAccess which part; null for all
   * @return its value; fails with a {@link DlmsException}
   */
  public CompletionStage<CosemData> get(
      AttributeRef attribute, @Nullable SelectiveAccess selectiveAccess) {
    CompletableFuture<CosemData> result = new CompletableFuture<>();
    submit(
        on -> on.get(attribute, selectiveAccess, false, new WholeValue(attribute, limits, result)),
        result::completeExceptionally);
    return result;
  }

  /**
   * Reads a register, with its scaler and unit.
   *
   * @param register which one
   * @return its value in its unit; fails with a {@link DlmsException}
   */
  public CompletionStage<Quantity> read(Register register) {
    return get(register.scalerUnit())
        .thenApply(data -> decode(register.scalerUnit(), () -> ScalerUnit.decode(data)))
        .thenCombine(
            get(register.value()),
            (scalerUnit, value) ->
                decode(register.value(), () -> scalerUnit.quantity(value.integralValue())));
  }

  /**
   * Reads the association view: which objects the association sees, and with what rights.
   *
   * @return the object_list; fails with a {@link DlmsException}
   */
  public CompletionStage<List<ObjectListElement>> objectList() {
    return get(OBJECT_LIST)
        .thenApply(
            data ->
                decode(
                    OBJECT_LIST,
                    () -> data.elements().stream().map(ObjectListElement::decode).toList()));
  }

  /**
   * Begins to read a profile.
   *
   * @param logicalName its OBIS code, as {@link ObisCode#of(String)} reads it
   * @return a reader of all its rows
   * @throws IllegalArgumentException if the text is no OBIS code
   */
  public ProfileReader profile(String logicalName) {
    return new ProfileReader(this, ProfileGeneric.at(logicalName));
  }

  /**
   * Ends the association and the connection: DISC, and then the line. Requests that still wait for
   * the connection fail at once. Closing again does nothing.
   *
   * @return completes when the line is closed
   */
  public CompletionStage<Void> closeAsync() {
    LineDriver open;
    synchronized (lock) {
      closing = true;
      open = line;
    }
    if (open == null) {
      giveUp(LinkException.closedBefore());
    } else if (!closed.isDone()) {
      close(open);
    }
    return closed.copy();
  }

  private static void close(LineDriver open) {
    try {
      open.close();
    } catch (RejectedExecutionException e) {
      // The owner of the loop has closed it, which cuts its lines.
    }
  }

  /**
   * Ends the association and the connection, and waits until the line is closed; on the line's
   * thread, which would wait for itself, it does not wait. Closing again does nothing.
   */
  @Override
  public void close() {
    closeAsync();
    if (session.isOnLineThread()) {
      return;
    }
    if (ownLoop != null && !hasLine()) {
      // Cuts a connection short that is still being made. Nobody may be left then to tell how it
      // ended.
      closeLoop();
      if (!hasLine()) {
        closed.complete(null);
      }
    }
    closed.join();
    closeLoop();
  }

  private boolean hasLine() {
    synchronized (lock) {
      return line != null;
    }
  }

  DecodeLimits limits() {
    return limits;
  }

  /** Makes a request and waits for it, unless this thread would wait for ever. */
  <T> T await(Supplier<? extends CompletionStage<T>> request) {
    requireMayWait();
    return Blocking.await(request.get());
  }

  private void requireMayWait() {
    if (session.isOnLineThread()) {
      throw cannotWait("the line's thread cannot wait for an answer, which comes on it");
    }
    if (consuming.contains(Thread.currentThread())) {
      throw cannotWait(
          "the consumer of a profile's rows cannot wait for another request, which waits for the"
              + " profile");
    }
  }

  private static DlmsException cannotWait(String why) {
    return new DlmsException(DlmsException.Origin.LOCAL, DlmsException.Scope.REQUEST, why);
  }

  /** Runs the consumer of rows, while the request that brought them is not over. */
  void whileConsuming(Runnable task) {
    consuming.add(Thread.currentThread());
    try {
      task.run();
    } finally {
      consuming.remove(Thread.currentThread());
    }
  }

  /** Reads a value of the server's, whose type nobody has checked yet. */
  <T> T decode(AttributeRef attribute, Supplier<T> decoder) {
    try {
      return decoder.get();
    } catch (AxdrException e) {
      throw new ProtocolException(
          DlmsException.Scope.REQUEST,
          "the value of " + attribute + " is not what it should be: " + e.getMessage(),
          e);
    }
  }

  /** Has something done with the session on the line's thread, as soon as there is one. */
  void submit(Consumer<ClientSession> task, Consumer<DlmsException> onFailure) {
    LineDriver open;
    DlmsException failure;
    synchronized (lock) {
      open = line;
      failure = over;
      if (open == null && failure == null) {
        waiting.add(new Waiting(task, onFailure));
        return;
      }
    }
    if (failure != null) {
      onFailure.accept(failure);
    } else if (open != null) {
      submit(open, task, onFailure);
    }
  }

  private void submit(
      LineDriver open, Consumer<ClientSession> task, Consumer<DlmsException> onFailure) {
    try {
      open.execute(
          () -> {
            try {
              task.accept(session);
            } catch (DlmsException e) {
              onFailure.accept(e);
            }
          });
    } catch (RejectedExecutionException e) {
      onFailure.accept(new LinkException("the connection has been closed", e));
    }
  }

  /** The line is there: what has been asked for so far goes down it. On any thread. */
  void lineMade(LineDriver made) {
    boolean close;
    synchronized (lock) {
      line = made;
      waiting.forEach(each -> submit(made, each.task, each.onFailure));
      waiting.clear();
      close = closing;
    }
    try {
      made.execute(() -> made.closed().whenComplete((done, failure) -> lineClosed(failure)));
    } catch (RejectedExecutionException e) {
      lineClosed(e);
    }
    if (close) {
      close(made);
    }
  }

  /**
   * The line is gone: whatever the link's end has not ended yet ends here. On the line's thread, or
   * after its end.
   */
  private void lineClosed(@Nullable Throwable failure) {
    session.end(
        failure == null
            ? LinkException.of(LinkEvent.DownReason.LINE_LOST)
            : new LinkException(String.valueOf(failure.getMessage()), failure));
    synchronized (lock) {
      over = over == null ? session.over() : over;
    }
    closed.complete(null);
    closeLoop();
  }

  /** There will be no line. On any thread. */
  void lineFailed(DlmsException cause) {
    // First, for whoever hears of the failure may close this client at once, and wait for it.
    closed.complete(null);
    giveUp(cause);
    closeLoop();
  }

  private void giveUp(DlmsException cause) {
    List<Waiting> failed;
    synchronized (lock) {
      if (line != null || over != null) {
        return;
      }
      over = cause;
      failed = List.copyOf(waiting);
      waiting.clear();
    }
    opened.completeExceptionally(cause);
    failed.forEach(each -> each.onFailure.accept(cause));
  }

  private void closeLoop() {
    if (ownLoop != null) {
      ownLoop.close();
    }
  }
}
