package io.dlms4j.client;

import io.dlms4j.axdr.CosemData;
import io.dlms4j.cosem.DlmsException;
import io.dlms4j.cosem.classes.TypedAttribute;
import java.util.List;

/** What became of several attributes that were read together. Immutable. */
public final class Values {
  private final List<TypedAttribute<?>> attributes;
  private final List<Outcome> outcomes;

  Values(List<TypedAttribute<?>> attributes, List<Outcome> outcomes) {
    this.attributes = attributes;
    this.outcomes = List.copyOf(outcomes);
  }

  /**
   * The value of one.
   *
   * @param attribute one of those that were asked for
   * @param <T> what its value is in Java
   * @return its value
   * @throws DlmsException if the server refused it, or there is no answer, or the value is not what
   *     it should be
   * @throws IllegalArgumentException if it was not asked for
   */
  public <T> T get(TypedAttribute<T> attribute) {
    CosemData data = outcome(attribute).value();
    return DlmsClient.decode(attribute.reference(), () -> attribute.type().decode(data));
  }

  /**
   * What became of one.
   *
   * @param attribute one of those that were asked for
   * @return its value as it came, or why there is none
   * @throws IllegalArgumentException if it was not asked for
   */
  public Outcome outcome(TypedAttribute<?> attribute) {
    int index = attributes.indexOf(attribute);
    if (index < 0) {
      throw new IllegalArgumentException(attribute + " was not asked for");
    }
    return outcomes.get(index);
  }
}
