package io.dlms4j.client;

import io.dlms4j.axdr.Octets;
import io.dlms4j.client.push.PushSource;
import io.dlms4j.client.push.ReceivedNotification;
import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.ProtocolException;
import io.dlms4j.cosem.RequestTimeoutException;
import io.dlms4j.cosem.apdu.DataNotification;
import io.dlms4j.cosem.apdu.ProtectedApdu;
import io.dlms4j.cosem.association.ClientAssociation;
import io.dlms4j.cosem.association.ClientAssociationConfig;
import io.dlms4j.cosem.association.ClientAssociationEvent;
import io.dlms4j.cosem.association.NegotiatedContext;
import io.dlms4j.cosem.association.RequestOptions;
import io.dlms4j.cosem.association.ServiceRequest;
import io.dlms4j.cosem.association.ServiceResponse;
import io.dlms4j.link.Link;
import io.dlms4j.link.LinkAddress;
import io.dlms4j.link.LinkEvent;
import io.dlms4j.link.LinkUser;
import io.dlms4j.link.Payload;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is above the link of a client: its association, and who waits for which answer. Used on the
 * line's thread. What it is given to do is done in the driver's next turn, which brings the time
 * along, and not before it is known whether there is an association.
 */
final class ClientSession implements LinkUser {
  /**
   * Blocks without octets that one request puts up with: they bring it no nearer to its end, and to
   * the limits of its length.
   */
  private static final int MOST_EMPTY_BLOCKS = 16;

  /** Tags of EventNotification, DataNotification and InformationReport (Green Book 9.5). */
  private static final Set<Integer> NOTIFICATIONS = Set.of(0xC2, 0x0F, 0x18);

  private final LinkAddress address;
  private final PushSource source;
  private final ClientAssociation association;
  private final Settings settings;
  private final CompletableFuture<NegotiatedContext> opened;
  private final Deque<Operation> operations = new ArrayDeque<>(1);
  private final Map<Long, Request> requests = new LinkedHashMap<>();
  private final SessionTimers timers = new SessionTimers();
  private @Nullable NegotiatedContext context;
  private @Nullable DlmsException over;
  private @Nullable Runnable whenReleased;
  private long releaseDeadline = Link.NEVER;
  private final ClientEvents.@Nullable Watch watch;
  private Runnable onSilence = () -> {};

  /** When something last came or went. */
  private long lastActivity;

  /** The link is to be asked to poll, so that the line is not quiet. */
  private boolean polls;

  private boolean keepsAlive;
  private boolean endTold;
  private long time;
  private volatile @Nullable Thread lineThread;

  /**
   * What a session does beside its requests.
   *
   * @param listener takes notifications; null for nobody
   * @param releaseTimeout how long the end of the association is waited for
   * @param releases whether the association is ended by an RLRQ, before the link is
   * @param keepAlive what is said when there is nothing to say; null for nothing
   * @param events takes what happens
   */
  record Settings(
      @Nullable NotificationListener listener,
      Duration releaseTimeout,
      boolean releases,
      @Nullable KeepAlive keepAlive,
      ClientEvents events) {}

  /**
   * Takes what one request brings: the parts of a single attribute's value, the results of all
   * items, or that it has been sent. What it throws ends the request.
   */
  interface Receiver {
    /** It has been made, and nothing of it has come yet. */
    default void onBegun(Request request) {}

    /** A part of the value of a single attribute; after the last one nothing more comes. */
    default void onData(Octets octets, boolean last) {
      throw new IllegalStateException("a part of a value that was not asked for");
    }

    /** The results of all items. */
    default void onResponse(ServiceResponse response) {
      throw new IllegalStateException("results that were not asked for");
    }

    /** The end of a request that nobody answers: it is on its way. */
    default void onSent() {
      throw new IllegalStateException("no answer to what was to be answered");
    }

    /** The end of the request without its value. */
    void onFailure(DlmsException cause);
  }

  /** A request, to be continued or given up. */
  static final class Request {
    private final Receiver receiver;
    private final boolean paced;
    private long name;
    private int emptyBlocks;
    private ClientEvents.@Nullable Watched watched;

    /** Its next block is asked for when {@link #proceed} says so. */
    private boolean held;

    private Request(Receiver receiver, boolean paced) {
      this.receiver = receiver;
      this.paced = paced;
    }
  }

  /** Makes requests at once. */
  @FunctionalInterface
  interface Asking {
    Request ask(ServiceRequest service, RequestOptions options, Receiver receiver);
  }

  /** Decides what to ask for when it is known what was agreed on. */
  @FunctionalInterface
  interface Plan {
    /**
     * Asks.
     *
     * @param agreed with the lengths of what is not protected yet; null if there is no association:
     *     then every request fails with the reason
     */
    void run(@Nullable NegotiatedContext agreed, Asking asking);
  }

  @FunctionalInterface
  private interface Operation {
    void run(long now);
  }

  ClientSession(
      LinkAddress address,
      ClientAssociationConfig config,
      Settings settings,
      CompletableFuture<NegotiatedContext> opened) {
    this.address = address;
    this.source =
        new PushSource(
            PushSource.Path.CLIENT_CONNECTION,
            null,
            address.clientSap(),
            address.serverSap(),
            address.physicalDevice());
    this.association = new ClientAssociation(config);
    this.settings = settings;
    this.opened = opened;
    this.watch = settings.events().watch();
  }

  /**
   * Has something done when the server does not answer what was to keep the connection alive, which
   * only a new connection mends.
   */
  void onSilence(Runnable task) {
    onSilence = task;
  }

  /** Makes a request; a paced one waits for {@link #proceed} after each block. */
  Request request(ServiceRequest service, RequestOptions options, Receiver receiver) {
    Request request = new Request(receiver, options.paced());
    operations.add(now -> begin(request, service, options, now));
    return request;
  }

  /** Makes requests that depend on what was agreed on. */
  void plan(Plan plan) {
    operations.add(
        now ->
            plan.run(
                over == null ? association.unprotectedContext() : null,
                (service, options, receiver) -> {
                  Request request = new Request(receiver, options.paced());
                  begin(request, service, options, now);
                  return request;
                }));
  }

  private void begin(Request request, ServiceRequest service, RequestOptions options, long now) {
    DlmsException cause = over;
    if (cause != null) {
      request.receiver.onFailure(cause);
      return;
    }
    if (watch != null) {
      request.watched = watch.begin(service, now);
    }
    request.name = association.request(service, options, now);
    requests.put(request.name, request);
  }

  private void ended(
      Request request, RequestReport.Result result, @Nullable DlmsException failure) {
    ClientEvents.Watched watched = request.watched;
    if (watched != null && watch != null) {
      request.watched = null;
      watch.end(watched, result, failure, time);
    }
  }

  /** Has something done when a time is over; with the reason if the session is, before that. */
  void after(Duration delay, Consumer<@Nullable DlmsException> task) {
    operations.add(
        now -> {
          DlmsException cause = over;
          if (cause != null) {
            task.accept(cause);
            return;
          }
          long until = now + delay.toNanos();
          timers.set(until < now ? Link.NEVER : until, task);
        });
  }

  void proceed(Request request) {
    operations.add(
        now -> {
          // It may have been another session's, and its name be another's here.
          if (requests.get(request.name) == request) {
            request.held = false;
            association.proceed(request.name, now);
          }
        });
  }

  void cancel(Request request) {
    operations.add(
        now -> {
          if (requests.remove(request.name, request)) {
            association.cancel(request.name, now);
            ended(request, RequestReport.Result.GIVEN_UP, null);
          }
        });
  }

  /**
   * Ends the association, if it is ended by itself: whatever is under way fails at once.
   *
   * @param done run when the server has agreed, or has not in time, or nothing was to be ended
   */
  void release(Runnable done) {
    if (!settings.releases() || whenReleased != null || !association.isAssociated()) {
      done.run();
      return;
    }
    whenReleased = done;
    operations.add(
        now -> {
          DlmsException closed = endedBy(LinkException.of(LinkEvent.DownReason.CLOSED));
          List<Request> failed = new ArrayList<>(requests.values());
          requests.clear();
          association.release(now);
          long until = now + settings.releaseTimeout().toNanos();
          releaseDeadline = until < now ? Link.NEVER : until;
          failed.forEach(request -> failed(request, closed));
        });
  }

  private void failed(Request request, DlmsException cause) {
    ended(request, RequestReport.Result.FAILED, cause);
    request.receiver.onFailure(cause);
  }

  private void released() {
    releaseDeadline = Link.NEVER;
    Runnable done = whenReleased;
    if (done != null) {
      whenReleased = null;
      done.run();
    }
  }

  /** Whether this is the line's thread, on which nobody may wait for anything of the line. */
  boolean isOnLineThread() {
    return Thread.currentThread() == lineThread;
  }

  @Override
  public void enter() {
    lineThread = Thread.currentThread();
  }

  @Override
  public void leave() {
    lineThread = null;
  }

  @Override
  public void onLinkEvent(LinkEvent event, long now) {
    time = now;
    if (event instanceof LinkEvent.Up) {
      association.linkUp(now);
    } else if (event instanceof LinkEvent.Received received) {
      heard(received.payload(), now);
      association.receive(octets(received.payload()), now);
    } else if (event instanceof LinkEvent.ReceivedUnconfirmed received) {
      // We ask for nothing in this way, and take no answers that come in it.
      Octets apdu = octets(received.payload());
      if (!apdu.isEmpty()
          && (NOTIFICATIONS.contains(apdu.at(0)) || ProtectedApdu.isTag(apdu.at(0)))) {
        association.receive(apdu, now);
      }
    } else if (event instanceof LinkEvent.Down down) {
      end(LinkException.of(down.reason()));
    }
    handleEvents();
  }

  private void heard(Payload payload, long now) {
    lastActivity = now;
    if (watch != null) {
      watch.received(payload.length());
    }
  }

  private static Octets octets(Payload payload) {
    return Octets.view(payload.array(), payload.offset(), payload.length());
  }

  /**
   * There is no link, or none any more. What ended the session first stays its reason: a refused
   * association is not a closed connection, although the one follows from the other.
   */
  void end(DlmsException cause) {
    DlmsException reason = endedBy(cause);
    association.linkDown(reason);
    handleEvents();
    opened.completeExceptionally(reason);
    timers.end(reason);
    // There may be no other turn for what was asked for and has not begun.
    runOperations(time);
    released();
    if (!endTold) {
      endTold = true;
      settings.events().ended(reason);
    }
  }

  /** Why the session is over, if it is. */
  @Nullable DlmsException over() {
    return over;
  }

  private DlmsException endedBy(DlmsException cause) {
    DlmsException first = over;
    if (first == null) {
      over = cause;
      return cause;
    }
    return first;
  }

  @Override
  public @Nullable Outgoing pollOutgoing(long now) {
    // Asked for in every turn of the line, the first one included.
    lineThread = Thread.currentThread();
    time = now;
    Octets apdu;
    do {
      runOperations(now);
      apdu = association.pollTransmit(now);
      handleEvents();
      // What was asked for in that waits for no other turn.
    } while (apdu == null && isSettled() && !operations.isEmpty());
    if (apdu == null) {
      return null;
    }
    lastActivity = now;
    if (watch != null) {
      watch.sent(apdu.length());
    }
    return new Outgoing(address, Payload.of(apdu.array(), apdu.offset(), apdu.length()));
  }

  private boolean isSettled() {
    return context != null || over != null;
  }

  private void runOperations(long now) {
    while (isSettled() && !operations.isEmpty()) {
      operations.remove().run(now);
      handleEvents();
    }
  }

  /**
   * One as long as an answer is waited for: an HDLC link that counted for itself would ask for no
   * more when the server has told something unasked, and for ever after what is not answered.
   */
  @Override
  public Awaited awaited() {
    boolean asks = polls;
    polls = false;
    return new Awaited(address, asks || awaitsAnswer() ? 1 : 0);
  }

  private boolean awaitsAnswer() {
    return !isSettled()
        || whenReleased != null
        || requests.values().stream().anyMatch(request -> !request.held);
  }

  /** When the line has been quiet for long enough, while nothing is awaited. */
  private long keepAliveAt() {
    KeepAlive keepAlive = settings.keepAlive();
    if (keepAlive == null || keepsAlive || over != null || awaitsAnswer()) {
      return Link.NEVER;
    }
    long at = lastActivity + keepAlive.interval().toNanos();
    return at < lastActivity ? Link.NEVER : at;
  }

  private void keepAlive(KeepAlive how, long now) {
    lastActivity = now;
    ServiceRequest asks = how.request();
    if (asks == null) {
      polls = true;
      return;
    }
    keepsAlive = true;
    Request request = new Request(new Alive(), false);
    request.name = association.request(asks, RequestOptions.DEFAULT, now);
    requests.put(request.name, request);
  }

  /** Whatever the server answers, it is there. */
  private final class Alive implements Receiver {
    @Override
    public void onData(Octets octets, boolean last) {
      keepsAlive = !last;
    }

    @Override
    public void onResponse(ServiceResponse response) {
      keepsAlive = false;
    }

    @Override
    public void onFailure(DlmsException cause) {
      keepsAlive = false;
      if (cause instanceof RequestTimeoutException) {
        endedBy(LinkException.silent(cause));
        onSilence.run();
      }
    }
  }

  @Override
  public void onRefused(Outgoing refused, long now) {
    time = now;
    association.notTaken(
        new DlmsException(
            DlmsException.Origin.LOCAL,
            DlmsException.Scope.REQUEST,
            "the link does not take a request of "
                + refused.payload().length()
                + " octets: it is too long, or the link is not up"),
        now);
    handleEvents();
  }

  @Override
  public long nextDeadline() {
    return Math.min(
        Math.min(association.nextDeadline(), releaseDeadline),
        Math.min(keepAliveAt(), timers.next()));
  }

  @Override
  public void onDeadline(long now) {
    time = now;
    association.onDeadline(now);
    timers.run(now);
    handleEvents();
    KeepAlive keepAlive = settings.keepAlive();
    if (keepAlive != null && now >= keepAliveAt()) {
      keepAlive(keepAlive, now);
    }
    if (now >= releaseDeadline) {
      released();
    }
  }

  private void handleEvents() {
    for (ClientAssociationEvent event = association.pollEvent();
        event != null;
        event = association.pollEvent()) {
      if (event instanceof ClientAssociationEvent.Associated associated) {
        context = associated.context();
        settings.events().associated(associated.context());
        opened.complete(associated.context());
      } else if (event instanceof ClientAssociationEvent.AssociationFailed failed) {
        opened.completeExceptionally(endedBy(failed.cause()));
      } else if (event instanceof ClientAssociationEvent.DataReceived data) {
        receive(data);
      } else if (event instanceof ClientAssociationEvent.Responded responded) {
        take(done(responded.request()), on -> on.onResponse(responded.response()));
      } else if (event instanceof ClientAssociationEvent.Sent sent) {
        take(done(sent.request()), Receiver::onSent);
      } else if (event instanceof ClientAssociationEvent.RequestFailed failed) {
        Request request = requests.remove(failed.request());
        if (request != null) {
          ended(request, RequestReport.Result.FAILED, failed.cause());
        }
        take(request, on -> on.onFailure(failed.cause()));
      } else if (event instanceof ClientAssociationEvent.NotificationReceived received) {
        notify(received);
      } else if (event instanceof ClientAssociationEvent.Released) {
        released();
      }
    }
  }

  private @Nullable Request done(long name) {
    Request request = requests.remove(name);
    if (request != null) {
      ended(request, RequestReport.Result.DONE, null);
    }
    return request;
  }

  private void receive(ClientAssociationEvent.DataReceived data) {
    Request request = data.last() ? done(data.request()) : requests.get(data.request());
    if (request == null) {
      return;
    }
    request.held = request.paced;
    take(
        request,
        on -> {
          if (data.octets().isEmpty()
              && !data.last()
              && ++request.emptyBlocks > MOST_EMPTY_BLOCKS) {
            throw new ProtocolException(
                DlmsException.Scope.REQUEST,
                "the server sent more than " + MOST_EMPTY_BLOCKS + " blocks with nothing in them");
          }
          on.onData(data.octets(), data.last());
        });
  }

  /** The receiver is the caller's code: its fault costs its request, and not the connection. */
  private void take(@Nullable Request request, Consumer<Receiver> step) {
    if (request == null) {
      return;
    }
    try {
      step.accept(request.receiver);
    } catch (DlmsException e) {
      fail(request, e);
    } catch (RuntimeException | Error e) {
      fail(
          request,
          new DlmsException(
              DlmsException.Origin.LOCAL,
              DlmsException.Scope.REQUEST,
              "the receiver of the value failed: " + e,
              e));
    }
  }

  /** Ends a request from this side. Blocks may be in the events already: none reaches it now. */
  private void fail(Request request, DlmsException cause) {
    if (requests.remove(request.name, request)) {
      operations.add(now -> association.cancel(request.name, now));
    }
    failed(request, cause);
  }

  private void notify(ClientAssociationEvent.NotificationReceived received) {
    NotificationListener to = settings.listener();
    if (to == null) {
      return;
    }
    try {
      to.onNotification(
          new ReceivedNotification(
              source,
              received.originator(),
              received.protection(),
              received.inBlocks(),
              received.notification()));
    } catch (RuntimeException | Error e) {
      // The caller's code again: nobody waits for it, and the association goes on.
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
      return;
    }
    if (received.notification() instanceof DataNotification data
        && data.longInvokeIdAndPriority().isConfirmed()) {
      association.confirm(data);
    }
  }
}
