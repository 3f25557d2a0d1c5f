package io.dlms4j.client;

import io.dlms4j.axdr.DecodeLimits;
import io.dlms4j.cosem.association.ClientAssociationConfig;
import io.dlms4j.cosem.association.NegotiatedContext;
import io.dlms4j.cosem.security.Password;
import io.dlms4j.hdlc.HdlcAddress;
import io.dlms4j.hdlc.HdlcParameters;
import io.dlms4j.hdlc.HdlcPrimaryConfig;
import io.dlms4j.transport.ConnectOptions;
import io.dlms4j.transport.Recording;
import io.dlms4j.transport.TransportLoop;
import io.dlms4j.wrapper.WrapperClientConfig;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes a {@link DlmsClient}. Used by one thread. */
public final class DlmsClientBuilder {
  /** Client SAP of the public client (Green Book 8.4.2.3). */
  private static final int PUBLIC_CLIENT = 16;

  private static final HdlcParameters MOST = new HdlcParameters(1010, 1010);

  private final ClientPath path;
  private final ClientAssociationConfig.Builder association = ClientAssociationConfig.builder();
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

  DlmsClientBuilder(ClientPath path) {
    this.path = path;
    this.wrapper = path instanceof ClientPath.Udp;
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
   * Authenticates the client by low level security.
   *
   * @param password ASCII characters
   * @return this
   */
  public DlmsClientBuilder lowLevelSecurity(String password) {
    association.lowLevelSecurity(Password.ofText(password));
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
   * Begins to connect, and returns at once.
   *
   * @return a client; requests that are made now wait for the association
   * @throws IllegalArgumentException if a setting is out of its range, or the line does not carry
   *     the link
   */
  public DlmsClient connect() {
    ClientPath.Ready ready =
        wrapper
            ? path.wrapper(WrapperClientConfig.builder(clientSap, serverSap).build())
            : path.hdlc(
                HdlcPrimaryConfig.builder(clientSap, server)
                    .parameters(parameters)
                    .responseTimeout(linkResponseTimeout)
                    .retransmissions(retransmissions)
                    .build());
    ConnectOptions options = ConnectOptions.defaults().withConnectTimeout(connectTimeout);
    Recording recorded = recording;
    if (recorded != null) {
      options = options.withRecording(recorded);
    }
    CompletableFuture<NegotiatedContext> opened = new CompletableFuture<>();
    ClientSession session = new ClientSession(ready.address(), association.build(), opened);
    TransportLoop shared = loop;
    TransportLoop used = shared == null ? TransportLoop.create(1) : shared;
    DlmsClient client = new DlmsClient(session, opened, limits, shared == null ? used : null);
    try {
      path.open(used, options, ready.link(), session)
          .whenComplete(
              (line, failure) -> {
                if (failure == null) {
                  client.lineMade(line);
                } else {
                  Throwable cause = Blocking.root(failure);
                  client.lineFailed(new LinkException(String.valueOf(cause.getMessage()), cause));
                }
              });
    } catch (RuntimeException e) {
      if (shared == null) {
        used.close();
      }
      throw e;
    }
    return client;
  }
}
