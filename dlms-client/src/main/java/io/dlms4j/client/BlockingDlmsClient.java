package io.dlms4j.client;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.MethodRef;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.Quantity;
import io.dlms4j.cosem.apdu.SelectiveAccess;
import io.dlms4j.cosem.apdu.VariableAccess;
import io.dlms4j.cosem.association.NegotiatedContext;
import io.dlms4j.cosem.association.RequestOptions;
import io.dlms4j.cosem.association.ServiceRequest;
import io.dlms4j.cosem.association.ServiceResponse;
import io.dlms4j.cosem.classes.ExtendedRegister;
import io.dlms4j.cosem.classes.Nothing;
import io.dlms4j.cosem.classes.ObjectListElement;
import io.dlms4j.cosem.classes.Register;
import io.dlms4j.cosem.classes.TypedAttribute;
import io.dlms4j.cosem.classes.TypedMethod;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A {@link DlmsClient} whose methods wait for their answers in the caller's thread. May be used by
 * several threads. On the line's thread, which would wait for itself, and in the consumer of a
 * profile's rows, for whose end any other request waits, its methods are refused with a {@link
 * DlmsException}.
 */
public final class BlockingDlmsClient implements AutoCloseable {
  private final DlmsClient client;

  BlockingDlmsClient(DlmsClient client) {
    this.client = client;
  }

  /**
   * The client that this is a view of.
   *
   * @return the client, with the same connection
   */
  public DlmsClient async() {
    return client;
  }

  /**
   * What was agreed on when the association was opened.
   *
   * @return the context
   */
  public NegotiatedContext context() {
    return Blocking.await(client.opened());
  }

  /**
   * Waits for what the asynchronous client is asked, such as a method of its {@link
   * DlmsClient#securitySetup Security setup}.
   *
   * @param asking asks the client
   * @param <T> what comes of it
   * @return what came of it
   * @throws DlmsException if there is no answer, or a refusal
   */
  public <T extends @Nullable Object> T await(
      Function<DlmsClient, ? extends CompletionStage<T>> asking) {
    return client.connection().await(() -> asking.apply(client));
  }

  /**
   * Reads an attribute.
   *
   * @param attribute which one
   * @return its value
   * @throws DlmsException if there is no answer, or a refusal
   */
  public CosemData get(AttributeRef attribute) {
    return client.connection().await(() -> client.get(attribute));
  }

  /**
   * Reads a part of an attribute.
   *
   * @param attribute which one
   * @param selectiveAccess which part; null for all
   * @return its value
   * @throws DlmsException if there is no answer, or a refusal
   */
  public CosemData get(AttributeRef attribute, @Nullable SelectiveAccess selectiveAccess) {
    return client.connection().await(() -> client.get(attribute, selectiveAccess));
  }

  /**
   * Reads attributes; see {@link DlmsClient#getAll}.
   *
   * @param attributes which
   * @return what became of each, in order
   * @throws DlmsException if the answers cannot be waited for
   */
  public List<Outcome> getAll(List<AttributeRef> attributes) {
    return client.connection().await(() -> client.getAll(attributes));
  }

  /**
   * Writes an attribute.
   *
   * @param attribute which one
   * @param value its value
   * @throws DlmsException if there is no answer, or a refusal
   */
  public void set(AttributeRef attribute, CosemData value) {
    client.connection().await(() -> client.set(attribute, value));
  }

  /**
   * Writes a part of an attribute.
   *
   * @param attribute which one
   * @param selectiveAccess which part; null for all
   * @param value the value of that part
   * @throws DlmsException if there is no answer, or a refusal
   */
  public void set(
      AttributeRef attribute, @Nullable SelectiveAccess selectiveAccess, CosemData value) {
    client.connection().await(() -> client.set(attribute, selectiveAccess, value));
  }

  /**
   * Writes attributes, in order; see {@link DlmsClient#setAll}.
   *
   * @param attributes which
   * @param values the value of each
   * @return what became of each, in order
   * @throws DlmsException if the answers cannot be waited for
   */
  public List<Outcome> setAll(List<AttributeRef> attributes, List<CosemData> values) {
    return client.connection().await(() -> client.setAll(attributes, values));
  }

  /**
   * Invokes a method.
   *
   * @param method which one
   * @param parameters what it takes; null for nothing
   * @return what it returned, if anything
   * @throws DlmsException if there is no answer, or a refusal: an {@link ActionException}
   */
  public Optional<CosemData> action(MethodRef method, @Nullable CosemData parameters) {
    return client.connection().await(() -> client.action(method, parameters));
  }

  /**
   * Invokes methods, in order; see {@link DlmsClient#actionAll}.
   *
   * @param methods which
   * @param parameters what each takes; null for nothing
   * @return what became of each, in order
   * @throws DlmsException if the answers cannot be waited for
   */
  public List<Outcome> actionAll(List<MethodRef> methods, List<@Nullable CosemData> parameters) {
    return client.connection().await(() -> client.actionAll(methods, parameters));
  }

  /**
   * Reads, writes and invokes in one ACCESS; see {@link DlmsClient#access}.
   *
   * @param items adds the items
   * @return what became of each, in order
   * @throws DlmsException if the request itself fails
   */
  public List<Outcome> access(Consumer<AccessItems> items) {
    return client.connection().await(() -> client.access(items));
  }

  /**
   * Reads by short name; see {@link DlmsClient#read(List)}.
   *
   * @param variables what: names, or names with a parameter
   * @return what became of each, in order
   * @throws DlmsException if the answers cannot be waited for
   */
  public List<Outcome> read(List<VariableAccess> variables) {
    return client.connection().await(() -> client.read(variables));
  }

  /**
   * Writes by short name, in order; see {@link DlmsClient#write}.
   *
   * @param variables what: names, or names with a parameter
   * @param values the value of each
   * @return what became of each, in order
   * @throws DlmsException if the answers cannot be waited for
   */
  public List<Outcome> write(List<VariableAccess> variables, List<CosemData> values) {
    return client.connection().await(() -> client.write(variables, values));
  }

  /**
   * Makes a request of any service; see {@link DlmsClient#each}.
   *
   * @param service what to ask for
   * @return what became of each item, in order
   * @throws DlmsException if the answers cannot be waited for
   */
  public List<Outcome> each(ServiceRequest service) {
    return client.connection().await(() -> client.each(service));
  }

  /**
   * Makes one request of any service, as it is; see {@link DlmsClient#request}.
   *
   * @param service what to ask for
   * @param options how
   * @return the results as the server gave them
   * @throws DlmsException if the request itself fails
   */
  public ServiceResponse request(ServiceRequest service, RequestOptions options) {
    return client.connection().await(() -> client.request(service, options));
  }

  /**
   * Sends what the server carries out and does not answer; see {@link DlmsClient#send}.
   *
   * @param service what is to be done
   * @throws DlmsException if it cannot be sent
   */
  public void send(ServiceRequest service) {
    client.connection().await(() -> client.send(service));
  }

  /**
   * Reads a register, with its scaler and unit.
   *
   * @param register which one
   * @return its value in its unit
   * @throws DlmsException if there is no answer, or a refusal
   */
  public Quantity read(Register register) {
    return client.connection().await(() -> client.read(register));
  }

  /**
   * Reads an extended register, with its scaler and unit.
   *
   * @param register which one
   * @return its value in its unit
   * @throws DlmsException if there is no answer, or a refusal
   */
  public Quantity read(ExtendedRegister register) {
    return client.connection().await(() -> client.read(register));
  }

  /**
   * Reads an attribute of an object whose class is known.
   *
   * @param attribute which one
   * @param <T> what its value is in Java
   * @return its value
   * @throws DlmsException if there is no answer, or a refusal
   */
  public <T> T read(TypedAttribute<T> attribute) {
    return client.connection().await(() -> client.read(attribute));
  }

  /**
   * Reads attributes of objects whose classes are known; see {@link DlmsClient#readAll}.
   *
   * @param attributes which
   * @return their values
   * @throws DlmsException if the answers cannot be waited for
   */
  public Values readAll(TypedAttribute<?>... attributes) {
    return client.connection().await(() -> client.readAll(attributes));
  }

  /**
   * Writes an attribute of an object whose class is known.
   *
   * @param attribute which one
   * @param value its value
   * @param <T> what its value is in Java
   * @throws DlmsException if there is no answer, or a refusal
   * @throws IllegalArgumentException if the attribute's type cannot hold the value
   */
  public <T> void write(TypedAttribute<T> attribute, T value) {
    client.connection().await(() -> client.write(attribute, value));
  }

  /**
   * Invokes a method of an object whose class is known.
   *
   * @param method which one
   * @param parameter what it takes
   * @param <P> what its parameter is in Java
   * @param <R> what it returns in Java
   * @return what it returned
   * @throws DlmsException if there is no answer, or a refusal: an {@link ActionException}
   * @throws IllegalArgumentException if the parameter's type cannot hold it
   */
  public <P, R> R invoke(TypedMethod<P, R> method, P parameter) {
    return client.connection().await(() -> client.invoke(method, parameter));
  }

  /**
   * Invokes a method that takes nothing.
   *
   * @param method which one
   * @param <R> what it returns in Java
   * @return what it returned
   * @throws DlmsException if there is no answer, or a refusal: an {@link ActionException}
   */
  public <R> R invoke(TypedMethod<Nothing, R> method) {
    return client.connection().await(() -> client.invoke(method));
  }

  /**
   * Reads the association view: which objects the association sees, and with what rights.
   *
   * @return the object_list
   * @throws DlmsException if there is no answer, or a refusal
   */
  public List<ObjectListElement> objectList() {
    return client.connection().await(() -> client.objectList());
  }

  /**
   * Begins to read a profile.
   *
   * @param logicalName its OBIS code, as {@link ObisCode#of(String)} reads it
   * @return a reader of all its rows
   * @throws IllegalArgumentException if the text is no OBIS code
   */
  public BlockingProfileReader profile(String logicalName) {
    return new BlockingProfileReader(client, client.profile(logicalName));
  }

  /**
   * Ends the association and the connection, and waits until the line is closed; on the line's
   * thread it does not wait.
   */
  @Override
  public void close() {
    client.close();
  }
}
