package io.dlms4j.cosem.classes;

import io.dlms4j.axdr.AxdrException;
import io.dlms4j.axdr.CosemData;
import java.util.List;

/** The fields of a structure, taken one after the other. Used by one thread. */
public final class StructureFields {
  private final String name;
  private final List<ValueShape.Field> declared;
  private final List<CosemData> fields;
  private final boolean exactly;
  private int next;

  StructureFields(String name, List<ValueShape.Field> declared, CosemData data, boolean exactly) {
    if (!(data instanceof CosemData.StructureData)) {
      throw malformed(name + " is no structure but " + data.tag());
    }
    this.name = name;
    this.declared = declared;
    this.fields = data.elements();
    this.exactly = exactly;
  }

  /**
   * Takes the next field, as it is declared.
   *
   * @param type its type, the very one of the declaration
   * @param <F> what it is in Java
   * @return its value
   * @throws AxdrException if there is none, or it is of another type
   * @throws IllegalStateException if another type is declared here
   */
  public <F> F next(ValueType<F> type) {
    if (next >= declared.size() || declared.get(next).type() != type) {
      throw new IllegalStateException(name + " declares no " + type + " as its field " + next);
    }
    return next(declared.get(next).name(), type);
  }

  /**
   * Takes the next field, whose type depends on those before it.
   *
   * @param field its name, for whoever reads why it is not right
   * @param type its type
   * @param <F> what it is in Java
   * @return its value
   * @throws AxdrException if there is none, or it is of another type
   */
  public <F> F next(String field, ValueType<F> type) {
    if (next == fields.size()) {
      throw malformed(name + " ends before " + field);
    }
    try {
      return type.decode(fields.get(next++), exactly);
    } catch (AxdrException e) {
      throw malformed(field + " of " + name + ": " + e.getMessage());
    }
  }

  /**
   * Whether there are fields left.
   *
   * @return false at the end
   */
  public boolean hasNext() {
    return next < fields.size();
  }

  void expectEnd() {
    if (hasNext()) {
      throw malformed(name + " has " + fields.size() + " fields where " + next + " are defined");
    }
  }

  private static AxdrException malformed(String what) {
    return Fields.malformed(what, ValueType.CLAUSE);
  }
}
