package io.dlms4j.server.push;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.ActionResult;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.classes.CaptureObjectDefinition;
import io.dlms4j.cosem.classes.CommunicationWindow;
import io.dlms4j.cosem.classes.InterfaceClass;
import io.dlms4j.cosem.classes.PushSetup;
import io.dlms4j.cosem.classes.RepetitionDelay;
import io.dlms4j.cosem.classes.SendDestination;
import io.dlms4j.server.AccessPolicy;
import io.dlms4j.server.CosemObject;
import io.dlms4j.server.CosemObjectBuilder;
import io.dlms4j.server.InvokeRequest;
import io.dlms4j.server.InvokeResult;
import io.dlms4j.server.LogicalDevice;
import io.dlms4j.server.ReadRequest;
import io.dlms4j.server.ReadResult;
import io.dlms4j.server.WriteRequest;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A Push setup object (class 40, versions 0 and 1; Blue Book 4.4.8) that pushes: it gathers the
 * values of its list, and sends them to its destination in a DataNotification, at a random moment
 * within its windows, and again if that fails. A client sets its attributes, and invokes method 1,
 * push; the program that the meter is in calls {@link #push}.
 *
 * <pre>{@code
 * PushObject push =
 *     PushObject.builder(0, ObisCode.of("0.0.25.9.0.255"), 16)
 *         .settings(PushSettings.NONE.withObjects(list).withDestination(headEnd))
 *         .build();
 * LogicalDevice device = LogicalDevice.builder(1, name).object(push)...build();
 * push.start(device, PushEnvironment.on(loop));
 * push.push();
 * }</pre>
 *
 * <p>Attributes of version 1 beyond those of version 0: port_reference and push_client_SAP can be
 * read; push_protection_parameters is an empty array, for how a push is protected is set by {@link
 * PushSending}. Its methods may be called on any thread.
 */
public final class PushObject implements CosemObject {
  /** A-XDR encoded xDLMS APDU. */
  private static final int AXDR_MESSAGE = 0;

  private final CosemObject object;
  private final int clientSap;
  private final PushSending sending;
  private final AccessPolicy policy;
  private final Consumer<PushSettings> onChange;
  private volatile PushSettings settings;
  private volatile @Nullable PushRun run;

  private PushObject(Builder builder) {
    object = object(builder);
    clientSap = builder.clientSap;
    sending = builder.sending;
    policy = builder.policy;
    onChange = builder.onChange;
    settings = builder.settings;
  }

  /**
   * Begins an object that pushes nothing yet.
   *
   * @param version of the class, 0 or 1
   * @param logicalName the object's name, such as 0.0.25.9.0.255
   * @param clientSap whom it pushes to: push_client_SAP, 1..127
   * @return a builder
   * @throws IllegalArgumentException if the version or the SAP is out of range
   */
  public static Builder builder(int version, ObisCode logicalName, int clientSap) {
    return new Builder(version, logicalName, clientSap);
  }

  /**
   * Lets the object push. Without this call its method is refused.
   *
   * @param device the device that it is an object of, whose values it tells
   * @param environment what pushing needs
   * @throws IllegalStateException if it has been called before
   */
  public synchronized void start(LogicalDevice device, PushEnvironment environment) {
    if (run != null) {
      throw new IllegalStateException("the object pushes already");
    }
    run =
        new PushRun(
            environment,
            sending,
            new PushValues(device, clientSap, policy),
            new PushRun.Parties(device.sap(), clientSap),
            () -> settings);
  }

  /**
   * Pushes what the list names, as method 1 does.
   *
   * @return completes when it is delivered or given up, on any thread; a push that is asked for
   *     before another one has been tried is the same one
   * @throws IllegalStateException if the object was not started
   */
  public CompletionStage<PushOutcome> push() {
    PushRun current = run;
    if (current == null) {
      throw new IllegalStateException("the object has not been started");
    }
    return current.push();
  }

  /** Gives up what is under way, and pushes no more. */
  public void stop() {
    PushRun current = run;
    if (current != null) {
      current.stop();
    }
  }

  /**
   * The attributes as they are now.
   *
   * @return the settings
   */
  public PushSettings settings() {
    return settings;
  }

  /**
   * Sets the attributes, from the next push on.
   *
   * @param changed the settings
   */
  public synchronized void settings(PushSettings changed) {
    settings = changed;
  }

  private CosemObject object(Builder builder) {
    InterfaceClass of = builder.version == 0 ? PushSetup.VERSION_0 : PushSetup.VERSION_1;
    CosemObjectBuilder attributes =
        CosemObject.builder(of, builder.logicalName)
            .attribute(PushSetup.PUSH_OBJECT_LIST_0, () -> settings.objects(), this::setObjects)
            .attribute(
                PushSetup.SEND_DESTINATION_AND_METHOD,
                () ->
                    new SendDestination(
                        settings.destination().service().code(),
                        settings.destination().destination(),
                        AXDR_MESSAGE),
                this::setDestination)
            .attribute(PushSetup.COMMUNICATION_WINDOW, () -> settings.windows(), this::setWindows)
            .attribute(
                PushSetup.RANDOMISATION_START_INTERVAL,
                () -> settings.randomisationStartInterval(),
                value -> change(now -> now.withRandomisationStartInterval(value)))
            .attribute(
                PushSetup.NUMBER_OF_RETRIES,
                () -> settings.numberOfRetries(),
                value -> change(now -> now.withRetries(value, now.repetitionDelay())))
            .attribute(
                PushSetup.REPETITION_DELAY_0,
                () -> settings.repetitionDelay().min(),
                value ->
                    change(
                        now -> now.withRetries(now.numberOfRetries(), RepetitionDelay.of(value))))
            .method(PushSetup.PUSH, nothing -> pushAsked());
    if (builder.version > 0) {
      attributes
          .attribute(PushSetup.PORT_REFERENCE.index(), () -> CosemData.octetString(Octets.EMPTY))
          .attribute(PushSetup.PUSH_CLIENT_SAP, () -> builder.clientSap)
          .attribute(PushSetup.PUSH_PROTECTION_PARAMETERS, List::of);
    }
    return attributes.build();
  }

  private DataAccessResult setObjects(List<CaptureObjectDefinition> list) {
    return list.size() > PushSettings.MOST_ELEMENTS
        ? DataAccessResult.TYPE_UNMATCHED
        : change(now -> now.withObjects(list));
  }

  private DataAccessResult setWindows(List<CommunicationWindow> list) {
    return list.size() > PushSettings.MOST_ELEMENTS
        ? DataAccessResult.TYPE_UNMATCHED
        : change(now -> now.withWindows(list));
  }

  private DataAccessResult setDestination(SendDestination to) {
    for (TransportService service : TransportService.values()) {
      if (service.code() == to.transportService()
          && to.message() == AXDR_MESSAGE
          && to.destination().length() <= PushDestination.MOST_OCTETS) {
        return change(now -> now.withDestination(new PushDestination(service, to.destination())));
      }
    }
    return DataAccessResult.TYPE_UNMATCHED;
  }

  private DataAccessResult change(UnaryOperator<PushSettings> how) {
    PushSettings changed;
    synchronized (this) {
      changed = how.apply(settings);
      settings = changed;
    }
    onChange.accept(changed);
    return DataAccessResult.SUCCESS;
  }

  /** Method 1, push. It is done when the push has been asked for. */
  private ActionResult pushAsked() {
    PushRun current = run;
    if (current == null) {
      return ActionResult.TEMPORARY_FAILURE;
    }
    current.push();
    return ActionResult.SUCCESS;
  }

  @Override
  public int classId() {
    return object.classId();
  }

  @Override
  public int version() {
    return object.version();
  }

  @Override
  public ObisCode logicalName() {
    return object.logicalName();
  }

  @Override
  public List<Attribute> attributes() {
    return object.attributes();
  }

  @Override
  public List<Integer> methods() {
    return object.methods();
  }

  @Override
  public CompletionStage<ReadResult> read(ReadRequest request) {
    return object.read(request);
  }

  @Override
  public CompletionStage<DataAccessResult> write(WriteRequest request) {
    return object.write(request);
  }

  @Override
  public CompletionStage<InvokeResult> invoke(InvokeRequest request) {
    return object.invoke(request);
  }

  /** Makes a {@link PushObject}. */
  public static final class Builder {
    private static final int MOST_SAP = 127;

    private final int version;
    private final ObisCode logicalName;
    private final int clientSap;
    private PushSending sending = PushSending.DEFAULT;
    private AccessPolicy policy = AccessPolicy.readOnly();
    private PushSettings settings = PushSettings.NONE;
    private Consumer<PushSettings> onChange = changed -> {};

    private Builder(int version, ObisCode logicalName, int clientSap) {
      if (version < 0 || version > 1) {
        throw new IllegalArgumentException("version " + version + " of class 40 is not 0 or 1");
      }
      if (clientSap < 1 || clientSap > MOST_SAP) {
        throw new IllegalArgumentException(
            "push_client_SAP " + clientSap + " is not within 1.." + MOST_SAP);
      }
      this.version = version;
      this.logicalName = logicalName;
      this.clientSap = clientSap;
    }

    /**
     * Sets how it sends. Without this call {@link PushSending#DEFAULT}: in clear.
     *
     * @param how how
     * @return this
     */
    public Builder sending(PushSending how) {
      this.sending = how;
      return this;
    }

    /**
     * Sets what the client may be told. Without this call every attribute.
     *
     * @param rights the rights of the pre-established association
     * @return this
     */
    public Builder policy(AccessPolicy rights) {
      this.policy = rights;
      return this;
    }

    /**
     * Sets the attributes as they are at first. Without this call {@link PushSettings#NONE}.
     *
     * @param first the settings
     * @return this
     */
    public Builder settings(PushSettings first) {
      this.settings = first;
      return this;
    }

    /**
     * Sets who is told when a client has changed an attribute, so as to keep it. Called on the
     * line's thread; must not block.
     *
     * @param by is told
     * @return this
     */
    public Builder onChange(Consumer<PushSettings> by) {
      this.onChange = by;
      return this;
    }

    /**
     * Makes the object.
     *
     * @return an object that does not push before it is started
     */
    public PushObject build() {
      return new PushObject(this);
    }
  }
}
