package io.dlms4j.client;

import io.dlms4j.axdr.AxdrException;
import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.DecodeLimits;
import io.dlms4j.axdr.EncodedData;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.MethodRef;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.ProtocolException;
import io.dlms4j.cosem.Quantity;
import io.dlms4j.cosem.ScalerUnit;
import io.dlms4j.cosem.apdu.AttributeWithSelection;
import io.dlms4j.cosem.apdu.SelectiveAccess;
import io.dlms4j.cosem.apdu.VariableAccess;
import io.dlms4j.cosem.association.NegotiatedContext;
import io.dlms4j.cosem.association.RequestOptions;
import io.dlms4j.cosem.association.ServiceRequest;
import io.dlms4j.cosem.association.ServiceResponse;
import io.dlms4j.cosem.classes.AssociationLn;
import io.dlms4j.cosem.classes.AssociationView;
import io.dlms4j.cosem.classes.EntryNumbering;
import io.dlms4j.cosem.classes.ExtendedRegister;
import io.dlms4j.cosem.classes.Nothing;
import io.dlms4j.cosem.classes.ProfileGeneric;
import io.dlms4j.cosem.classes.Register;
import io.dlms4j.cosem.classes.TypedAttribute;
import io.dlms4j.cosem.classes.TypedMethod;
import io.dlms4j.transport.MemoryPort;
import io.dlms4j.transport.SerialSettings;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
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
 * sent in order, as many at once as {@link DlmsClientBuilder#maxOutstandingRequests} says; those
 * made while the connection is being made wait for it. Who cancels the stage that a request gave,
 * and not one that depends on it, gives the request up: its answer, which may be late, meets no
 * other. A client that cannot connect, or is refused the association, closes itself.
 */
public final class DlmsClient implements AutoCloseable {
  private final ClientConnection connection;
  private final DecodeLimits limits;
  private final EntryNumbering entryNumbering;
  private final RequestSettings settings;

  DlmsClient(
      ClientConnection connection,
      DecodeLimits limits,
      EntryNumbering entryNumbering,
      RequestSettings settings) {
    this.connection = connection;
    this.limits = limits;
    this.entryNumbering = entryNumbering;
    this.settings = settings;
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
   * Begins a connection to a server over TCP, on a blocking socket: its {@linkplain #blocking
   * blocking view} sends and receives in the thread that waits, so that an answer costs no change
   * of threads. For few connections that are read one request after the other; each has a thread of
   * its own besides, which reads while nobody waits. Stages complete on either.
   *
   * @param host name or address
   * @param port 1..65535
   * @return a builder
   * @throws IllegalArgumentException if the port is out of range
   */
  public static DlmsClientBuilder socket(String host, int port) {
    return new DlmsClientBuilder(new ClientPath.Socket(address(host, port)));
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

  /**
   * Begins a connection to a server of the same process, without a network. Both ends of the line
   * run on one thread of the client's loop.
   *
   * @param server where the server listens
   * @return a builder
   */
  public static DlmsClientBuilder memory(MemoryPort server) {
    return new DlmsClientBuilder(new ClientPath.Memory(server));
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
    return connection.opened();
  }

  /**
   * Waits for the association and gives a view of this client whose methods wait for their answers.
   *
   * @return the blocking view
   * @throws DlmsException if there is no association, and this client is closed then; or if this is
   *     the line's thread and the association is not there yet
   */
  public BlockingDlmsClient blocking() {
    connection.awaitOpened();
    return new BlockingDlmsClient(this);
  }

  /**
   * The same client, which makes its requests in another way: with a deadline, another time-out,
   * another priority, or again when they fail.
   *
   * <pre>{@code
   * RetryPolicy thrice =
   *     RetryPolicy.of(3, Backoff.exponential(Duration.ofSeconds(1), Duration.ofSeconds(10)));
   * client.with(client.settings().withDeadline(Duration.ofSeconds(30)).withRetry(thrice)).get(clock);
   * }</pre>
   *
   * @param other how requests are made
   * @return a view of this client: it has the same connection, and closes it
   */
  public DlmsClient with(RequestSettings other) {
    return new DlmsClient(connection, limits, entryNumbering, other);
  }

  /**
   * How this client, or this view of it, makes its requests.
   *
   * @return the settings
   */
  public RequestSettings settings() {
    return settings;
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
    return one(new ServiceRequest.Get(attribute, selectiveAccess), Outcome::value);
  }

  /**
   * The server's object of the class "Security setup" (Blue Book 4.4.7).
   *
   * @param logicalName its OBIS code, such as 0.0.43.0.0.255
   * @param version of the class: 0 or 1
   * @return the object; nothing has been asked yet
   * @throws IllegalArgumentException if it is another version, or no OBIS code
   */
  public SecuritySetup securitySetup(String logicalName, int version) {
    return new SecuritySetup(this, ObisCode.of(logicalName), version);
  }

  /**
   * The server's object of the class "Image transfer" (Blue Book 4.4.6).
   *
   * @param logicalName its OBIS code, such as 0.0.44.0.0.255
   * @return the object; nothing has been asked yet
   * @throws IllegalArgumentException if the text is no OBIS code
   */
  public ImageTransfer imageTransfer(String logicalName) {
    return new ImageTransfer(this, ObisCode.of(logicalName));
  }

  /**
   * Reads attributes: an outcome for each, and none costs another. They travel together where the
   * server takes lists.
   *
   * @param attributes which
   * @return what became of each, in order
   */
  public CompletionStage<List<Outcome>> getAll(List<AttributeRef> attributes) {
    return attributes.isEmpty()
        ? CompletableFuture.completedFuture(List.of())
        : each(
            new ServiceRequest.Get(attributes.stream().map(AttributeWithSelection::new).toList()));
  }

  /**
   * Writes an attribute.
   *
   * @param attribute which one
   * @param value its value
   * @return completes when it is written; fails with a {@link DlmsException}
   */
  public CompletionStage<@Nullable Void> set(AttributeRef attribute, CosemData value) {
    return set(attribute, null, value);
  }

  /**
   * Writes a part of an attribute.
   *
   * @param attribute which one
   * @param selectiveAccess which part; null for all
   * @param value the value of that part
   * @return completes when it is written; fails with a {@link DlmsException}
   */
  public CompletionStage<@Nullable Void> set(
      AttributeRef attribute, @Nullable SelectiveAccess selectiveAccess, CosemData value) {
    return one(
        new ServiceRequest.Set(
            List.of(new AttributeWithSelection(attribute, selectiveAccess)),
            List.of(EncodedData.of(value))),
        DlmsClient::nothing);
  }

  /**
   * Writes attributes, in order: an outcome for each, and none costs another. They travel together
   * where the server takes lists.
   *
   * @param attributes which
   * @param values the value of each
   * @return what became of each, in order
   * @throws IllegalArgumentException if there are not as many values as attributes
   */
  public CompletionStage<List<Outcome>> setAll(
      List<AttributeRef> attributes, List<CosemData> values) {
    return attributes.isEmpty() && values.isEmpty()
        ? CompletableFuture.completedFuture(List.of())
        : each(
            new ServiceRequest.Set(
                attributes.stream().map(AttributeWithSelection::new).toList(), encoded(values)));
  }

  /**
   * Invokes a method.
   *
   * @param method which one
   * @param parameters what it takes; null for nothing
   * @return what it returned, if anything; fails with an {@link ActionException} if the server did
   *     not carry it out, or another {@link DlmsException}
   */
  public CompletionStage<Optional<CosemData>> action(
      MethodRef method, @Nullable CosemData parameters) {
    return one(
        new ServiceRequest.Action(method, parameters == null ? null : EncodedData.of(parameters)),
        outcome -> Optional.ofNullable(outcome.orThrow()));
  }

  /**
   * Invokes methods, in order: an outcome for each, and none costs another. They travel together
   * where the server takes lists; a method that takes nothing is given null-data then.
   *
   * @param methods which
   * @param parameters what each takes; null for nothing
   * @return what became of each, in order
   * @throws IllegalArgumentException if there are not as many parameters as methods
   */
  public CompletionStage<List<Outcome>> actionAll(
      List<MethodRef> methods, List<@Nullable CosemData> parameters) {
    if (methods.isEmpty() && parameters.isEmpty()) {
      return CompletableFuture.completedFuture(List.of());
    }
    List<@Nullable EncodedData> list = new ArrayList<>();
    for (CosemData each : parameters) {
      list.add(each == null ? null : EncodedData.of(each));
    }
    return each(new ServiceRequest.Action(methods, list));
  }

  /**
   * Reads, writes and invokes in one ACCESS (Green Book 9.3), which goes as a whole or not at all.
   *
   * @param items adds the items
   * @return what became of each, in order; fails with a {@link DlmsException} if the request itself
   *     does
   * @throws IllegalArgumentException if there are no items
   */
  public CompletionStage<List<Outcome>> access(Consumer<AccessItems> items) {
    AccessItems gathered = new AccessItems();
    items.accept(gathered);
    ServiceRequest service = gathered.request();
    return ask(service, settings.options(), response -> Items.outcomes(service, response));
  }

  /**
   * Reads by short name (Green Book 9.3, Read): an outcome for each, and none costs another.
   *
   * @param variables what: names, or names with a parameter
   * @return what became of each, in order
   * @throws IllegalArgumentException if one is a part of a block transfer
   */
  public CompletionStage<List<Outcome>> read(List<VariableAccess> variables) {
    return variables.isEmpty()
        ? CompletableFuture.completedFuture(List.of())
        : each(new ServiceRequest.Read(variables));
  }

  /**
   * Writes by short name, in order (Green Book 9.3, Write): an outcome for each, and none costs
   * another.
   *
   * @param variables what: names, or names with a parameter
   * @param values the value of each
   * @return what became of each, in order
   * @throws IllegalArgumentException if there are not as many values as variables, or one is a part
   *     of a block transfer
   */
  public CompletionStage<List<Outcome>> write(
      List<VariableAccess> variables, List<CosemData> values) {
    return variables.isEmpty() && values.isEmpty()
        ? CompletableFuture.completedFuture(List.of())
        : each(new ServiceRequest.Write(variables, encoded(values)));
  }

  /**
   * Makes a request of any service: an outcome for each of its items, and none costs another. A
   * list travels in as many requests as the server's limits ask for, one for each item if it takes
   * no lists: readings at once, as far as requests may be {@linkplain
   * DlmsClientBuilder#maxOutstandingRequests outstanding}, all others one after the other.
   *
   * @param service what to ask for
   * @return what became of each item, in order; who cancels it gives up what is not over yet
   */
  public CompletionStage<List<Outcome>> each(ServiceRequest service) {
    boolean reads = Lists.isRepeatable(service);
    RetryPolicy retry = settings.retry();
    return Attempts.make(
        connection,
        settings,
        reads,
        service,
        new ListAttempts(
            service,
            cause -> retry.retries(reads, cause, connection.reconnects()),
            part -> ListRequest.make(connection, part, settings.options(), limits)));
  }

  /**
   * Makes one request of any service, as it is.
   *
   * @param service what to ask for
   * @param options how; what they leave open is as this client's {@linkplain #settings settings}
   *     have it. What is not to be confirmed is {@linkplain #send sent}, and not asked for
   * @return the results as the server gave them; fails with a {@link DlmsException}, also where the
   *     only attribute of a GET is refused
   * @throws IllegalArgumentException if the options are of a request that has no answer, or has it
   *     at its consumer's pace
   */
  public CompletionStage<ServiceResponse> request(ServiceRequest service, RequestOptions options) {
    if (!options.confirmed() || options.paced()) {
      throw new IllegalArgumentException("no request with one answer: " + options);
    }
    return ask(service, settings.complete(options), Function.identity());
  }

  /**
   * Sends a SET, an ACTION, an ACCESS or, with short names, an UnconfirmedWrite that the server
   * carries out and does not answer.
   *
   * @param service what is to be done
   * @return completes when the request is on its way; fails with a {@link DlmsException}
   * @throws IllegalArgumentException if it reads, which makes no sense without an answer
   */
  public CompletionStage<@Nullable Void> send(ServiceRequest service) {
    if (Lists.isReading(service)) {
      throw new IllegalArgumentException("nobody hears of what is read without an answer");
    }
    return Attempts.make(
        connection,
        settings.withRetry(RetryPolicy.NONE),
        false,
        service,
        () -> connection.ask(service, settings.options().unconfirmed(), Answers::sent));
  }

  private <T> CompletableFuture<T> one(ServiceRequest service, Function<Outcome, T> reading) {
    return ask(
        service,
        settings.options(),
        response -> {
          Outcome outcome = Items.outcomes(service, response).get(0);
          if (outcome instanceof Outcome.Failure failure) {
            throw failure.cause();
          }
          return reading.apply(outcome);
        });
  }

  private <T> CompletableFuture<T> ask(
      ServiceRequest service, RequestOptions options, Function<ServiceResponse, T> reading) {
    return Attempts.make(
        connection,
        settings,
        Lists.isRepeatable(service),
        service,
        () ->
            connection.ask(
                service,
                options,
                result ->
                    Answers.whole(
                        service,
                        limits,
                        response -> result.complete(reading.apply(response)),
                        result::completeExceptionally)));
  }

  private static List<EncodedData> encoded(List<CosemData> values) {
    return values.stream().map(EncodedData::of).toList();
  }

  @SuppressWarnings("NullAway") // The one value of Void.
  private static Void nothing(Outcome outcome) {
    return null;
  }

  /**
   * Reads a register, with its scaler and unit.
   *
   * @param register which one
   * @return its value in its unit; fails with a {@link DlmsException}
   */
  public CompletionStage<Quantity> read(Register register) {
    return readAll(register.scalerUnit(), register.value())
        .thenApply(values -> quantity(values, register.scalerUnit(), register.value()));
  }

  /**
   * Reads an extended register, with its scaler and unit.
   *
   * @param register which one
   * @return its value in its unit; fails with a {@link DlmsException}
   */
  public CompletionStage<Quantity> read(ExtendedRegister register) {
    return readAll(register.scalerUnit(), register.value())
        .thenApply(values -> quantity(values, register.scalerUnit(), register.value()));
  }

  private Quantity quantity(
      Values values, TypedAttribute<ScalerUnit> scalerUnit, TypedAttribute<CosemData> value) {
    ScalerUnit scale = values.get(scalerUnit);
    CosemData number = values.get(value);
    return decode(value.reference(), () -> scale.quantity(number));
  }

  /**
   * Reads an attribute of an object whose class is known.
   *
   * @param attribute which one
   * @param <T> what its value is in Java
   * @return its value; fails with a {@link DlmsException}
   */
  public <T> CompletionStage<T> read(TypedAttribute<T> attribute) {
    return get(attribute.reference())
        .thenApply(data -> decode(attribute.reference(), () -> attribute.type().decode(data)));
  }

  /**
   * Reads attributes of objects whose classes are known: an outcome for each, and none costs
   * another. They travel together where the server takes lists.
   *
   * @param attributes which
   * @return their values
   */
  public CompletionStage<Values> readAll(TypedAttribute<?>... attributes) {
    List<TypedAttribute<?>> asked = List.of(attributes);
    return getAll(asked.stream().<AttributeRef>map(TypedAttribute::reference).toList())
        .thenApply(outcomes -> new Values(asked, outcomes));
  }

  /**
   * Writes an attribute of an object whose class is known.
   *
   * @param attribute which one
   * @param value its value
   * @param <T> what its value is in Java
   * @return completes when it is written; fails with a {@link DlmsException}
   * @throws IllegalArgumentException if the attribute's type cannot hold the value
   */
  public <T> CompletionStage<@Nullable Void> write(TypedAttribute<T> attribute, T value) {
    return set(attribute.reference(), attribute.type().encode(value));
  }

  /**
   * Invokes a method of an object whose class is known.
   *
   * @param method which one
   * @param parameter what it takes
   * @param <P> what its parameter is in Java
   * @param <R> what it returns in Java
   * @return what it returned; fails with an {@link ActionException} if the server did not carry it
   *     out, or another {@link DlmsException}
   * @throws IllegalArgumentException if the parameter's type cannot hold it
   */
  public <P, R> CompletionStage<R> invoke(TypedMethod<P, R> method, P parameter) {
    return action(method.reference(), method.descriptor().parameter().encode(parameter))
        .thenApply(
            returned ->
                decode(
                    method,
                    () ->
                        method
                            .descriptor()
                            .returned()
                            .decode(returned.orElseGet(CosemData::nullData))));
  }

  /**
   * Invokes a method that takes nothing.
   *
   * @param method which one
   * @param <R> what it returns in Java
   * @return what it returned; fails with an {@link ActionException} if the server did not carry it
   *     out, or another {@link DlmsException}
   */
  public <R> CompletionStage<R> invoke(TypedMethod<Nothing, R> method) {
    return invoke(method, Nothing.NOTHING);
  }

  /**
   * Reads the association view: which objects the association sees, and with what rights.
   *
   * @return the view; fails with a {@link DlmsException}
   */
  public CompletionStage<AssociationView> associationView() {
    return read(AssociationLn.CURRENT.objectList());
  }

  /**
   * Begins to read a profile.
   *
   * @param logicalName its OBIS code, as {@link ObisCode#of(String)} reads it
   * @return a reader of all its rows
   * @throws IllegalArgumentException if the text is no OBIS code
   */
  public ProfileReader profile(String logicalName) {
    return new ProfileReader(this, ProfileGeneric.at(logicalName), ProfileSelection.ALL, null);
  }

  /**
   * Ends the association and the connection: on the wrapper RLRQ, on HDLC DISC, and then the line.
   * Requests that are under way fail at once, and whatever comes later. Closing again does nothing.
   *
   * @return completes when the line is closed
   */
  public CompletionStage<Void> closeAsync() {
    return connection.closeAsync();
  }

  /**
   * Ends the association and the connection, and waits until the line is closed; on the line's
   * thread, which would wait for itself, it does not wait. Closing again does nothing.
   */
  @Override
  public void close() {
    connection.close();
  }

  ClientConnection connection() {
    return connection;
  }

  DecodeLimits limits() {
    return limits;
  }

  EntryNumbering entryNumbering() {
    return entryNumbering;
  }

  /** Reads a value of the server's, whose type nobody has checked yet. */
  static <T> T decode(Object attribute, Supplier<T> decoder) {
    try {
      return decoder.get();
    } catch (AxdrException e) {
      throw new ProtocolException(
          DlmsException.Scope.REQUEST,
          "the value of " + attribute + " is not what it should be: " + e.getMessage(),
          e);
    }
  }
}
