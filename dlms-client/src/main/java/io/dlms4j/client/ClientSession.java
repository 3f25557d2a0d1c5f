package io.dlms4j.client;

import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.ProtocolException;
import io.dlms4j.cosem.apdu.SelectiveAccess;
import io.dlms4j.cosem.association.ClientAssociation;
import io.dlms4j.cosem.association.ClientAssociationConfig;
import io.dlms4j.cosem.association.ClientAssociationEvent;
import io.dlms4j.cosem.association.NegotiatedContext;
import io.dlms4j.cosem.association.RequestOptions;
import io.dlms4j.cosem.association.ServiceRequest;
import io.dlms4j.link.LinkAddress;
import io.dlms4j.link.LinkEvent;
import io.dlms4j.link.LinkUser;
import io.dlms4j.link.Payload;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What is above the link of a client: its association, and who waits for which answer. Used on the
 * line's thread. What it is given to do is done in the driver's next turn, which brings the time
 * along.
 */
final class ClientSession implements LinkUser {
  /**
   * Blocks without octets that one request puts up with: they bring it no nearer to its end, and to
   * the limits of its length.
   */
  private static final int MOST_EMPTY_BLOCKS = 16;

  private final LinkAddress address;
  private final ClientAssociation association;
  private final CompletableFuture<NegotiatedContext> opened;
  private final Deque<Operation> operations = new ArrayDeque<>();
  private final Map<Long, Request> requests = new HashMap<>();
  private @Nullable DlmsException over;
  private volatile @Nullable Thread lineThread;

  /** Takes what one request brings. */
  interface Receiver {
    /**
     * A part of the value; after the last one nothing more comes. What it throws ends the request.
     */
    void onData(Octets octets, boolean last);

    /** The end of the request without its value. */
    void onFailure(DlmsException cause);
  }

  /** A request, to be continued or given up. */
  static final class Request {
    private final Receiver receiver;
    private long name;
    private int emptyBlocks;

    private Request(Receiver receiver) {
      this.receiver = receiver;
    }
  }

  @FunctionalInterface
  private interface Operation {
    void run(long now);
  }

  ClientSession(
      LinkAddress address,
      ClientAssociationConfig config,
      CompletableFuture<NegotiatedContext> opened) {
    this.address = address;
    this.association = new ClientAssociation(config);
    this.opened = opened;
  }

  /** Asks for an attribute; a paced request waits for {@link #proceed} after each block. */
  Request get(
      AttributeRef attribute,
      @Nullable SelectiveAccess selectiveAccess,
      boolean paced,
      Receiver receiver) {
    Request request = new Request(receiver);
    operations.add(
        now -> {
          request.name =
              association.request(
                  new ServiceRequest.Get(attribute, selectiveAccess),
                  paced ? RequestOptions.DEFAULT.atConsumersPace() : RequestOptions.DEFAULT,
                  now);
          requests.put(request.name, request);
        });
    return request;
  }

  void proceed(Request request) {
    operations.add(now -> association.proceed(request.name, now));
  }

  void cancel(Request request) {
    operations.add(
        now -> {
          requests.remove(request.name);
          association.cancel(request.name, now);
        });
  }

  /** Whether this is the line's thread, on which nobody may wait for anything of the line. */
  boolean isOnLineThread() {
    return Thread.currentThread() == lineThread;
  }

  @Override
  public void onLinkEvent(LinkEvent event, long now) {
    if (event instanceof LinkEvent.Up) {
      association.linkUp(now);
    } else if (event instanceof LinkEvent.Received received) {
      Payload payload = received.payload();
      association.receive(Octets.view(payload.array(), payload.offset(), payload.length()), now);
    } else if (event instanceof LinkEvent.Down down) {
      end(LinkException.of(down.reason()));
    }
    handleEvents();
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
    for (Operation next = operations.poll(); next != null; next = operations.poll()) {
      next.run(now);
      handleEvents();
    }
    Octets apdu = association.pollTransmit(now);
    handleEvents();
    return apdu == null
        ? null
        : new Outgoing(address, Payload.of(apdu.array(), apdu.offset(), apdu.length()));
  }

  @Override
  public void onRefused(Outgoing refused, long now) {
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
    return association.nextDeadline();
  }

  @Override
  public void onDeadline(long now) {
    association.onDeadline(now);
    handleEvents();
  }

  private void handleEvents() {
    for (ClientAssociationEvent event = association.pollEvent();
        event != null;
        event = association.pollEvent()) {
      if (event instanceof ClientAssociationEvent.Associated associated) {
        opened.complete(associated.context());
      } else if (event instanceof ClientAssociationEvent.AssociationFailed failed) {
        opened.completeExceptionally(endedBy(failed.cause()));
      } else if (event instanceof ClientAssociationEvent.DataReceived data) {
        receive(data);
      } else if (event instanceof ClientAssociationEvent.RequestFailed failed) {
        Request request = requests.remove(failed.request());
        if (request != null) {
          request.receiver.onFailure(failed.cause());
        }
      }
    }
  }

  private void receive(ClientAssociationEvent.DataReceived data) {
    Request request = data.last() ? requests.remove(data.request()) : requests.get(data.request());
    if (request == null) {
      return;
    }
    try {
      if (data.octets().isEmpty() && !data.last() && ++request.emptyBlocks > MOST_EMPTY_BLOCKS) {
        throw new ProtocolException(
            DlmsException.Scope.REQUEST,
            "the server sent more than " + MOST_EMPTY_BLOCKS + " blocks with nothing in them");
      }
      request.receiver.onData(data.octets(), data.last());
    } catch (DlmsException e) {
      fail(request, e);
    } catch (RuntimeException | Error e) {
      // The receiver is the caller's code: its fault costs its request, and not the connection.
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
    requests.remove(request.name);
    cancel(request);
    request.receiver.onFailure(cause);
  }
}
