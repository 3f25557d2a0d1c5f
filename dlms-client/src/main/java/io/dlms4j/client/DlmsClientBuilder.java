package io.dlms4j.client;

import io.dlms4j.axdr.DecodeLimits;
import io.dlms4j.client.push.ReceivedNotification;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.acse.Conformance;
import io.dlms4j.cosem.apdu.Apdu;
import io.dlms4j.cosem.association.ClientAssociationConfig;
import io.dlms4j.cosem.association.ClientSecurity;
import io.dlms4j.cosem.association.ServiceRequest;
import io.dlms4j.cosem.classes.EntryNumbering;
import io.dlms4j.cosem.security.Password;
import io.dlms4j.hdlc.HdlcAddress;
import io.dlms4j.hdlc.HdlcParameters;
import io.dlms4j.hdlc.HdlcPrimaryConfig;
import io.dlms4j.transport.ConnectOptions;
import io.dlms4j.transport.Recording;
import io.dlms4j.transport.TransportLoop;
import io.dlms4j.wrapper.WrapperClientConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** Makes a {@link DlmsClient}. Used by one thread. */
public final class DlmsClientBuilder {
  /** Client SAP of the public client (Green Book 8.4.2.3). */
  private static final int PUBLIC_CLIENT = 16;

  /** All that this client can do, but general block transfer. */
  private static final Set<Conformance> WITH_LOGICAL_NAMES =
      Set.of(
          Conformance.GET,
          Conformance.SET,
          Conformance.ACTION,
          Conformance.ACCESS,
          Conformance.SELECTIVE_ACCESS,
          Conformance.MULTIPLE_REFERENCES,
          Conformance.BLOCK_TRANSFER_WITH_GET_OR_READ,
          Conformance.BLOCK_TRANSFER_WITH_SET_OR_WRITE,
          Conformance.BLOCK_TRANSFER_WITH_ACTION,
          Conformance.PRIORITY_MGMT_SUPPORTED,
          Conformance.EVENT_NOTIFICATION,
          Conformance.DATA_NOTIFICATION);

  private static final Set<Conformance> WITH_SHORT_NAMES =
      Set.of(
          Conformance.READ,
          Conformance.WRITE,
          Conformance.UNCONFIRMED_WRITE,
          Conformance.PARAMETERIZED_ACCESS,
          Conformance.MULTIPLE_REFERENCES,
          Conformance.BLOCK_TRANSFER_WITH_GET_OR_READ,
          Conformance.BLOCK_TRANSFER_WITH_SET_OR_WRITE,
          Conformance.INFORMATION_REPORT,
          Conformance.DATA_NOTIFICATION);

  private static final HdlcParameters MOST = new HdlcParameters(1010, 1010);

  private final ClientPath path;
  private final ClientAssociationConfig.Builder association = ClientAssociationConfig.builder();
  private Set<Conformance> services = WITH_LOGICAL_NAMES;
  private boolean generalBlockTransfer;
  private HdlcAddress server = HdlcAddress.logical(HdlcAddress.MANAGEMENT_LOGICAL_DEVICE);
  private int clientSap = PUBLIC_CLIENT;
  private int serverSap = HdlcAddress.MANAGEMENT_LOGICAL_DEVICE;
  private boolean wrapper;
  private @Nullable Recording recording;
  private HdlcParameters parameters = MOST;
  private Duration linkResponseTimeout = Duration.ofSeconds(2);
  private int retransmissions = 2;
  private Duration connectTimeout = Duration.ofSeconds(10);
  private DecodeLimits limits = DecodeLimits.DEFAULT;
  private @Nullable TransportLoop loop;
  private @Nullable NotificationListener listener;
  private @Nullable Boolean releases;
  private @Nullable ClientSecurity security;
  private boolean withPassword;
  private Duration releaseTimeout = Duration.ofSeconds(2);
  private EntryNumbering entryNumbering = EntryNumbering.OLDEST_IS_ONE;
  private RequestSettings requests = RequestSettings.DEFAULT;
  private @Nullable ReconnectPolicy reconnect;
  private @Nullable KeepAlive keepAlive;
  private final List<ClientListener> listeners = new ArrayList<>();
  private ClientConnection.Jitter jitter = () -> ThreadLocalRandom.current().nextDouble();

  DlmsClientBuilder(ClientPath path) {
    this.path = path;
    this.wrapper = path instanceof ClientPath.Udp;
    propose();
  }

  private void propose() {
    Set<Conformance> proposed = EnumSet.copyOf(services);
    if (generalBlockTransfer) {
      proposed.add(Conformance.GENERAL_BLOCK_TRANSFER);
    }
    association.conformance(proposed);
  }

  /**
   * Speaks HDLC. Without this call the public client, 16, speaks to the management logical device,
   * 1.
   *
   * @param serverAddress the logical device, and the physical one if the line has several
   * @param sap the client's service access point, which chooses the association; 1..126
   * @return this
   */
  public DlmsClientBuilder hdlc(HdlcAddress serverAddress, int sap) {
    this.server = serverAddress;
    this.clientSap = sap;
    this.wrapper = false;
    return this;
  }

  /**
   * Speaks the COSEM wrapper (IEC 62056-47), the only link there is on UDP.
   *
   * @param logicalDevice the server's wPort, 1..65535
   * @param sap the client's wPort, which chooses the association; 1..65535
   * @return this
   */
  public DlmsClientBuilder wrapper(int logicalDevice, int sap) {
    this.serverSap = logicalDevice;
    this.clientSap = sap;
    this.wrapper = true;
    return this;
  }

  /**
   * Records what goes over the line.
   *
   * @param by what records it
   * @return this
   */
  public DlmsClientBuilder recording(Recording by) {
    this.recording = by;
    return this;
  }

  /**
   * Sets what SNRM offers. Without this call: information fields of 1010 octets both ways.
   *
   * @param offered the parameters, as the client sees them
   * @return this
   */
  public DlmsClientBuilder hdlcParameters(HdlcParameters offered) {
    this.parameters = offered;
    return this;
  }

  /**
   * Sets how the HDLC link waits for the meter. Without this call: two seconds, and two more tries.
   *
   * @param timeout how long the answer to a frame may take
   * @param tries how often a frame is sent again
   * @return this
   */
  public DlmsClientBuilder linkResponseTimeout(Duration timeout, int tries) {
    this.linkResponseTimeout = timeout;
    this.retransmissions = tries;
    return this;
  }

  /**
   * Authenticates the client by low level security: the password goes over the line in clear, which
   * is logged as a warning, unless messages are ciphered.
   *
   * @param password ASCII characters
   * @return this
   */
  public DlmsClientBuilder lowLevelSecurity(String password) {
    this.withPassword = true;
    association.lowLevelSecurity(Password.ofText(password));
    return this;
  }

  /**
   * Authenticates both sides by high level security, protects messages, or both. The client insists
   * on what is set there, and its line is made when the provider of keys has found them. A password
   * goes with it only if the security has no mechanism of its own.
   *
   * @param by the security
   * @return this
   */
  public DlmsClientBuilder security(ClientSecurity by) {
    this.security = by;
    association.security(by);
    return this;
  }

  /**
   * References objects by short names, and proposes all services that go with them; without this
   * call, by logical names likewise. What else is proposed is set after this.
   *
   * @return this
   */
  public DlmsClientBuilder shortNames() {
    association.shortNames();
    this.services = WITH_SHORT_NAMES;
    propose();
    return this;
  }

  /**
   * Proposes general block transfer (Green Book 9.4.6.13), which carries what is too long for one
   * APDU where the service has no blocks of its own: an ACCESS, and requests that nobody answers.
   * Without this call it is not proposed, since the server may then send any answer so, and a
   * profile in such blocks is not streamed, but comes as a whole. What else is proposed is set
   * after this.
   *
   * @param window how many blocks the client takes in one go, 1..63
   * @return this
   * @throws IllegalArgumentException if it is out of range
   */
  public DlmsClientBuilder generalBlockTransfer(int window) {
    association.blockTransferWindow(window);
    this.generalBlockTransfer = true;
    propose();
    return this;
  }

  /**
   * Sets how many requests may be under way at once. Without this call one, since many meters know
   * no more; with short names there is never more than one.
   *
   * @param requests 1..16
   * @return this
   * @throws IllegalArgumentException if it is out of range
   */
  public DlmsClientBuilder maxOutstandingRequests(int requests) {
    association.maxOutstandingRequests(requests);
    return this;
  }

  /**
   * Listens to what the server tells on this connection without being asked. Without this call it
   * is passed over, and nothing is confirmed.
   *
   * @param by takes it
   * @return this
   */
  public DlmsClientBuilder notifications(NotificationListener by) {
    this.listener = by;
    return this;
  }

  /**
   * Listens to what the server tells on this connection without being asked, in the form in which a
   * {@link io.dlms4j.client.push.PushListener} delivers it: with its originator and protection. In
   * place of {@link #notifications}.
   *
   * @param by takes it, on the line's thread; must not block. What asks for it is confirmed when it
   *     returns
   * @return this
   */
  public DlmsClientBuilder pushes(Consumer<ReceivedNotification> by) {
    return notifications(
        new NotificationListener() {
          @Override
          public void onNotification(Apdu notification) {
            // All of them come with how they have come.
          }

          @Override
          public void onNotification(ReceivedNotification notification) {
            by.accept(notification);
          }
        });
  }

  /**
   * Sets whether the association is ended by an RLRQ before the link is (Green Book 9.4.3). Without
   * this call so on the wrapper, which has no other way to say it, and not on HDLC, where DISC
   * does.
   *
   * @param explicitly whether RLRQ is sent
   * @return this
   */
  public DlmsClientBuilder releasing(boolean explicitly) {
    this.releases = explicitly;
    return this;
  }

  /**
   * Sets how long closing waits for the answer to RLRQ. Without this call two seconds; never longer
   * than the {@linkplain #responseTimeout response time-out}.
   *
   * @param timeout more than zero
   * @return this
   * @throws IllegalArgumentException if it is not, or longer than a day
   */
  public DlmsClientBuilder releaseTimeout(Duration timeout) {
    if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException("a release time-out of " + timeout);
    }
    this.releaseTimeout = timeout;
    return this;
  }

  /**
   * Sets how this meter numbers the entries of its profiles. Without this call as the Blue Book has
   * it.
   *
   * @param numbering which entry is the newest
   * @return this
   */
  public DlmsClientBuilder entryNumbering(EntryNumbering numbering) {
    this.entryNumbering = numbering;
    return this;
  }

  /**
   * Sets anything else of the association.
   *
   * @param settings changes the configuration
   * @return this
   */
  public DlmsClientBuilder association(Consumer<ClientAssociationConfig.Builder> settings) {
    settings.accept(association);
    return this;
  }

  /**
   * Sets how long the line may take to be made. Without this call: ten seconds.
   *
   * @param timeout 1 ms to 1 day
   * @return this
   * @throws IllegalArgumentException if it is not within that range
   */
  public DlmsClientBuilder connectTimeout(Duration timeout) {
    if (timeout.compareTo(Duration.ofMillis(1)) < 0 || timeout.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException(
          "a connect time-out of " + timeout + " is not within 1 ms and 1 day");
    }
    this.connectTimeout = timeout;
    return this;
  }

  /**
   * Sets how long each answer of the server's application may take. Without this call: ten seconds.
   *
   * @param timeout more than zero
   * @return this
   * @throws IllegalArgumentException if it is not
   */
  public DlmsClientBuilder responseTimeout(Duration timeout) {
    association.responseTimeout(timeout);
    return this;
  }

  /**
   * Sets what the decoders put up with, and the longest value that is read as a whole.
   *
   * @param decodeLimits the limits
   * @return this
   */
  public DlmsClientBuilder limits(DecodeLimits decodeLimits) {
    this.limits = decodeLimits;
    association.limits(decodeLimits);
    return this;
  }

  /**
   * Shares an event loop with other clients and servers; without it the client has a thread of its
   * own.
   *
   * @param shared the loop, closed by its owner
   * @return this
   */
  public DlmsClientBuilder loop(TransportLoop shared) {
    this.loop = shared;
    return this;
  }

  /**
   * Sets how requests are made. Without this call: {@link RequestSettings#DEFAULT}.
   *
   * @param settings deadline, time-out, priority and what is made again
   * @return this
   */
  public DlmsClientBuilder requests(RequestSettings settings) {
    this.requests = settings;
    return this;
  }

  /**
   * Connects and associates again when the connection is lost, with the same security and its
   * counters going on. Requests that are made meanwhile wait for the next association. Those that
   * were under way have failed, unless their {@linkplain #requests retry policy} has them made
   * again. Without this call a client that has lost its connection is closed.
   *
   * @param policy how often and after how long it tries
   * @return this
   */
  public DlmsClientBuilder reconnect(ReconnectPolicy policy) {
    this.reconnect = policy;
    return this;
  }

  /**
   * Lets the line never be quiet for longer than the meter puts up with (IEC HDLC setup,
   * inactivity_time_out), and notices a meter that is gone. HDLC asks with RR whether there is
   * anything; on the wrapper the logical_name of the current association is read, and if there is
   * no answer the connection is ended. Without this call nothing is said when nothing is asked.
   *
   * @param interval how long the line may be quiet: more than zero, a day at most; less than the
   *     meter's time-out, by more than an answer may take
   * @return this
   * @throws IllegalArgumentException if it is out of range
   */
  public DlmsClientBuilder keepAlive(Duration interval) {
    this.keepAlive = new KeepAlive(interval, null);
    return this;
  }

  /**
   * The same by reading an attribute, on any link: whatever the meter answers, it is there.
   *
   * @param interval how long the line may be quiet: more than zero, a day at most
   * @param attribute what is read
   * @return this
   * @throws IllegalArgumentException if the interval is out of range
   */
  public DlmsClientBuilder keepAlive(Duration interval, AttributeRef attribute) {
    this.keepAlive = new KeepAlive(interval, new ServiceRequest.Get(attribute, null));
    return this;
  }

  /**
   * Tells a listener what the client does. May be called several times.
   *
   * @param by hears of it
   * @return this
   */
  public DlmsClientBuilder listener(ClientListener by) {
    this.listeners.add(by);
    return this;
  }

  /**
   * Sets what of delays is left to chance. Without this call: a generator of this machine's.
   *
   * @param chance gives a number from 0.0 to 1.0, another each time; called on any thread
   * @return this
   */
  public DlmsClientBuilder chance(DoubleSupplier chance) {
    this.jitter = chance::getAsDouble;
    return this;
  }

  /**
   * Begins to connect, and returns at once.
   *
   * @return a client; requests that are made now wait for the association
   * @throws IllegalArgumentException if a setting is out of its range, or the line does not carry
   *     the link
   */
  public DlmsClient connect() {
    return plan().connect(loop);
  }

  /** All that has been set, as it is now. */
  ClientPlan plan() {
    ConnectOptions options = ConnectOptions.defaults().withConnectTimeout(connectTimeout);
    Recording recorded = recording;
    ClientEvents events = new ClientEvents(listeners);
    Boolean explicitly = releases;
    return new ClientPlan(
        path,
        wrapper ? WrapperClientConfig.builder(clientSap, serverSap).build() : null,
        wrapper
            ? null
            : HdlcPrimaryConfig.builder(clientSap, server)
                .parameters(parameters)
                .responseTimeout(linkResponseTimeout)
                .retransmissions(retransmissions)
                .build(),
        recorded == null ? options : options.withRecording(recorded),
        association.build(),
        new ClientSession.Settings(
            listener,
            releaseTimeout,
            explicitly == null ? wrapper : explicitly,
            keepAlive(keepAlive),
            events),
        security,
        withPassword,
        clientSap == PUBLIC_CLIENT,
        new ClientPlan.Conduct(limits, entryNumbering, requests, reconnect, jitter));
  }

  private @Nullable KeepAlive keepAlive(@Nullable KeepAlive asked) {
    return asked == null || asked.request() != null || !wrapper
        ? asked
        : new KeepAlive(asked.interval(), KeepAlive.cheapest(services == WITH_SHORT_NAMES));
  }
}
