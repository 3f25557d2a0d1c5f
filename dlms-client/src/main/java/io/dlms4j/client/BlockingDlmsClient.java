package io.dlms4j.client;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.ObisCode;
import io.dlms4j.cosem.Quantity;
import io.dlms4j.cosem.apdu.SelectiveAccess;
import io.dlms4j.cosem.association.NegotiatedContext;
import io.dlms4j.cosem.classes.ObjectListElement;
import io.dlms4j.cosem.classes.Register;
import java.util.List;
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
   * Reads an attribute.
   *
   * @param attribute which one
   * @return its value
   * @throws DlmsException if there is no answer, or a refusal
   */
  public CosemData get(AttributeRef attribute) {
    return client.await(() -> client.get(attribute));
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
    return client.await(() -> client.get(attribute, selectiveAccess));
  }

  /**
   * Reads a register, with its scaler and unit.
   *
   * @param register which one
   * @return its value in its unit
   * @throws DlmsException if there is no answer, or a refusal
   */
  public Quantity read(Register register) {
    return client.await(() -> client.read(register));
  }

  /**
   * Reads the association view: which objects the association sees, and with what rights.
   *
   * @return the object_list
   * @throws DlmsException if there is no answer, or a refusal
   */
  public List<ObjectListElement> objectList() {
    return client.await(() -> client.objectList());
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
