package io.dlms4j.server.push;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.DataTag;
import io.dlms4j.axdr.EncodedData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.ActionResult;
import io.dlms4j.cosem.DataAccessResult;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.server.AccessPolicy;
import io.dlms4j.server.CosemObject;
import io.dlms4j.server.InvokeRequest;
import io.dlms4j.server.InvokeResult;
import io.dlms4j.server.LogicalDevice;
import io.dlms4j.server.ReadRequest;
import io.dlms4j.server.ReadResult;
import io.dlms4j.server.WriteRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
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
  private static final int CLASS_ID = 40;
  private static final int PUSH = 1;
  private static final Octets NO_PORT = Octets.EMPTY;

  private final int version;
  private final ObisCode logicalName;
  private final int clientSap;
  private final PushSending sending;
  private final AccessPolicy policy;
  private final Consumer<PushSettings> onChange;
  private volatile PushSettings settings;
  private volatile @Nullable PushRun run;

  private PushObject(Builder builder) {
    version = builder.version;
    logicalName = builder.logicalName;
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

  @Override
  public int classId() {
    return CLASS_ID;
  }

  @Override
  public int version() {
    return version;
  }

  @Override
  public ObisCode logicalName() {
    return logicalName;
  }

  @Override
  public List<Attribute> attributes() {
    List<Attribute> all = new ArrayList<>();
    all.add(new Attribute(1, List.of()));
    for (int index = 2; index <= 7; index++) {
      all.add(new Attribute(index, List.of(), true));
    }
    if (version > 0) {
      for (int index = 8; index <= 10; index++) {
        all.add(new Attribute(index, List.of()));
      }
    }
    return all;
  }

  @Override
  public List<Integer> methods() {
    return List.of(PUSH);
  }

  @Override
  public CompletionStage<ReadResult> read(ReadRequest request) {
    PushSettings now = settings;
    return switch (request.attributeIndex()) {
      case 1 -> ReadResult.of(CosemData.octetString(logicalName.toOctets()));
      case 2 -> ReadResult.of(PushSettingsCodec.objects(now.objects()));
      case 3 -> ReadResult.of(PushSettingsCodec.destination(now.destination()));
      case 4 -> ReadResult.of(PushSettingsCodec.windows(now.windows()));
      case 5 -> ReadResult.of(CosemData.longUnsigned(now.randomisationStartInterval()));
      case 6 -> ReadResult.of(CosemData.unsigned(now.numberOfRetries()));
      case 7 -> ReadResult.of(PushSettingsCodec.repetitionDelay(now.repetitionDelay(), version));
      case 8 -> ReadResult.of(CosemData.octetString(NO_PORT));
      case 9 -> ReadResult.of(CosemData.integer(clientSap));
      case 10 -> ReadResult.of(CosemData.array());
      default -> ReadResult.refused(DataAccessResult.OBJECT_UNDEFINED);
    };
  }

  @Override
  public CompletionStage<DataAccessResult> write(WriteRequest request) {
    PushSettings changed;
    synchronized (this) {
      changed = changed(settings, request.attributeIndex(), request.value());
      settings = changed;
    }
    onChange.accept(changed);
    return CompletableFuture.completedStage(DataAccessResult.SUCCESS);
  }

  private PushSettings changed(PushSettings now, int index, EncodedData value) {
    return switch (index) {
      case 2 -> now.withObjects(PushSettingsCodec.readObjects(value));
      case 3 -> now.withDestination(PushSettingsCodec.readDestination(value));
      case 4 -> now.withWindows(PushSettingsCodec.readWindows(value));
      case 5 ->
          now.withRandomisationStartInterval(
              PushSettingsCodec.readNumber(value, DataTag.LONG_UNSIGNED));
      case 6 ->
          now.withRetries(
              PushSettingsCodec.readNumber(value, DataTag.UNSIGNED), now.repetitionDelay());
      case 7 ->
          now.withRetries(
              now.numberOfRetries(), PushSettingsCodec.readRepetitionDelay(value, version));
      default -> throw new IllegalArgumentException("attribute " + index + " is not written");
    };
  }

  /** Method 1, push: data is integer (0). It is done when the push has been asked for. */
  @Override
  public CompletionStage<InvokeResult> invoke(InvokeRequest request) {
    PushSettingsCodec.readNumber(request.parameters(), DataTag.INTEGER);
    PushRun current = run;
    if (current == null) {
      return InvokeResult.refused(ActionResult.TEMPORARY_FAILURE);
    }
    current.push();
    return InvokeResult.success();
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
