package io.dlms4j.client;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.CosemDateTime;
import io.dlms4j.axdr.EncodedData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.MethodRef;
import io.dlms4j.cosem.apdu.AccessRequestSpecification;
import io.dlms4j.cosem.apdu.SelectiveAccess;
import io.dlms4j.cosem.association.ServiceRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the items of an ACCESS, which reads, writes and invokes in one request and in the order
 * given (Green Book 9.3). Used by one thread.
 */
public final class AccessItems {
  private final List<AccessRequestSpecification> specifications = new ArrayList<>();
  private final List<EncodedData> data = new ArrayList<>();
  private boolean selfDescriptive;
  private boolean breakOnError;
  private Octets dateTime = Octets.EMPTY;

  AccessItems() {}

  /**
   * Reads an attribute.
   *
   * @param attribute which one
   * @return this
   */
  public AccessItems get(AttributeRef attribute) {
    return add(new AccessRequestSpecification.Get(attribute), CosemData.nullData());
  }

  /**
   * Reads a part of an attribute.
   *
   * @param attribute which one
   * @param selectiveAccess which part
   * @return this
   */
  public AccessItems get(AttributeRef attribute, SelectiveAccess selectiveAccess) {
    return add(
        new AccessRequestSpecification.GetWithSelection(attribute, selectiveAccess),
        CosemData.nullData());
  }

  /**
   * Writes an attribute.
   *
   * @param attribute which one
   * @param value its value
   * @return this
   */
  public AccessItems set(AttributeRef attribute, CosemData value) {
    return add(new AccessRequestSpecification.Set(attribute), value);
  }

  /**
   * Writes a part of an attribute.
   *
   * @param attribute which one
   * @param selectiveAccess which part
   * @param value its value
   * @return this
   */
  public AccessItems set(AttributeRef attribute, SelectiveAccess selectiveAccess, CosemData value) {
    return add(new AccessRequestSpecification.SetWithSelection(attribute, selectiveAccess), value);
  }

  /**
   * Invokes a method.
   *
   * @param method which one
   * @param parameters what it takes; null for nothing
   * @return this
   */
  public AccessItems action(MethodRef method, @Nullable CosemData parameters) {
    return add(
        new AccessRequestSpecification.Action(method),
        parameters == null ? CosemData.nullData() : parameters);
  }

  private AccessItems add(AccessRequestSpecification specification, CosemData datum) {
    specifications.add(specification);
    data.add(EncodedData.of(datum));
    return this;
  }

  /**
   * Leaves undone what follows an item that fails.
   *
   * @return this
   */
  public AccessItems breakOnError() {
    this.breakOnError = true;
    return this;
  }

  /**
   * Has the answer repeat what was asked for, for those who read it on the line.
   *
   * @return this
   */
  public AccessItems selfDescriptive() {
    this.selfDescriptive = true;
    return this;
  }

  /**
   * Says when the request was made.
   *
   * @param time the client's time
   * @return this
   */
  public AccessItems dateTime(CosemDateTime time) {
    this.dateTime = time.encode();
    return this;
  }

  ServiceRequest.Access request() {
    return new ServiceRequest.Access(specifications, data, selfDescriptive, breakOnError, dateTime);
  }
}
