package io.dlms4j.cosem.association;

import io.dlms4j.axdr.EncodedData;
import io.dlms4j.axdr.Octets;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.MethodRef;
import io.dlms4j.cosem.apdu.AccessRequestSpecification;
import io.dlms4j.cosem.apdu.AttributeWithSelection;
import io.dlms4j.cosem.apdu.SelectiveAccess;
import io.dlms4j.cosem.apdu.VariableAccess;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks for, and a server is told: one service with one item or several (Green Book
 * 9.3). In how many APDUs it travels is the association's business.
 *
 * <p>The constructors throw {@link IllegalArgumentException} if there is no item, or not one value
 * for each.
 */
public sealed interface ServiceRequest {
  /**
   * How many items there are; the answer has as many results, in the same order.
   *
   * @return 1 or more
   */
  int items();

  /**
   * GET: reads attributes.
   *
   * @param attributes which
   */
  record Get(List<AttributeWithSelection> attributes) implements ServiceRequest {
    /** Keeps a copy of the list. */
    public Get {
      attributes = List.copyOf(attributes);
      require(attributes, attributes);
    }

    /**
     * Reads one attribute.
     *
     * @param attribute which
     * @param selectiveAccess which part of it; null for all
     */
    public Get(AttributeRef attribute, @Nullable SelectiveAccess selectiveAccess) {
      this(List.of(new AttributeWithSelection(attribute, selectiveAccess)));
    }

    @Override
    public int items() {
      return attributes.size();
    }
  }

  /**
   * SET: writes attributes.
   *
   * @param attributes which
   * @param values the value of each
   */
  record Set(List<AttributeWithSelection> attributes, List<EncodedData> values)
      implements ServiceRequest {
    /** Keeps copies of the lists. */
    public Set {
      attributes = List.copyOf(attributes);
      values = List.copyOf(values);
      require(attributes, values);
    }

    /**
     * Writes one attribute.
     *
     * @param attribute which
     * @param value its value
     */
    public Set(AttributeRef attribute, EncodedData value) {
      this(List.of(new AttributeWithSelection(attribute)), List.of(value));
    }

    @Override
    public int items() {
      return attributes.size();
    }
  }

  /**
   * ACTION: invokes methods.
   *
   * @param methods which
   * @param parameters the parameters of each, null for none; in a list of several, none travels as
   *     null-data, and is told to the server as that
   */
  record Action(List<MethodRef> methods, List<@Nullable EncodedData> parameters)
      implements ServiceRequest {
    /** Keeps copies of the lists. */
    public Action {
      methods = List.copyOf(methods);
      parameters = Collections.unmodifiableList(new ArrayList<>(parameters));
      require(methods, parameters);
    }

    /**
     * Invokes one method.
     *
     * @param method which
     * @param parameters its parameters; null for none
     */
    public Action(MethodRef method, @Nullable EncodedData parameters) {
      this(List.of(method), Collections.singletonList(parameters));
    }

    @Override
    public int items() {
      return methods.size();
    }
  }

  /**
   * ACCESS: reads, writes and invokes in one list (Green Book 9.3).
   *
   * @param specifications what to do, in this order
   * @param data for each what it takes: null-data for a reading
   * @param selfDescriptive whether the answer repeats the specifications
   * @param breakOnError whether what follows an item that fails is left undone
   * @param dateTime when the request was made: none, or the twelve octets of a date-time
   */
  record Access(
      List<AccessRequestSpecification> specifications,
      List<EncodedData> data,
      boolean selfDescriptive,
      boolean breakOnError,
      Octets dateTime)
      implements ServiceRequest {
    private static final int DATE_TIME = 12;

    /**
     * Keeps copies of the lists.
     *
     * @throws IllegalArgumentException also if the date-time has another length than 0 or 12
     */
    public Access {
      if (!dateTime.isEmpty() && dateTime.length() != DATE_TIME) {
        throw new IllegalArgumentException("a date-time of " + dateTime.length() + " octets");
      }
      specifications = List.copyOf(specifications);
      data = List.copyOf(data);
      require(specifications, data);
    }

    /**
     * Does all of a list, whatever fails.
     *
     * @param specifications what to do, in this order
     * @param data for each what it takes: null-data for a reading
     */
    public Access(List<AccessRequestSpecification> specifications, List<EncodedData> data) {
      this(specifications, data, false, false, Octets.EMPTY);
    }

    @Override
    public int items() {
      return specifications.size();
    }
  }

  /**
   * Read: reads by short name, and invokes the methods that return something (Green Book 9.3).
   *
   * @param variables what: a name, or a name with a parameter
   */
  record Read(List<VariableAccess> variables) implements ServiceRequest {
    /**
     * Keeps a copy of the list.
     *
     * @throws IllegalArgumentException also if an item is a part of a block transfer, which is the
     *     association's business
     */
    public Read {
      variables = requireNames(variables);
      require(variables, variables);
    }

    @Override
    public int items() {
      return variables.size();
    }
  }

  /**
   * Write, or UnconfirmedWrite: writes by short name (Green Book 9.3).
   *
   * @param variables what: a name, or a name with a parameter
   * @param values the value of each
   */
  record Write(List<VariableAccess> variables, List<EncodedData> values) implements ServiceRequest {
    /**
     * Keeps copies of the lists.
     *
     * @throws IllegalArgumentException also if an item is a part of a block transfer, which is the
     *     association's business
     */
    public Write {
      variables = requireNames(variables);
      values = List.copyOf(values);
      require(variables, values);
    }

    @Override
    public int items() {
      return variables.size();
    }
  }

  private static void require(List<?> references, List<?> values) {
    if (references.isEmpty()) {
      throw new IllegalArgumentException("a request without an item");
    }
    if (references.size() != values.size()) {
      throw new IllegalArgumentException(
          references.size() + " references with " + values.size() + " values");
    }
  }

  private static List<VariableAccess> requireNames(List<VariableAccess> variables) {
    for (VariableAccess variable : variables) {
      if (!(variable instanceof VariableAccess.VariableName)
          && !(variable instanceof VariableAccess.ParameterizedAccess)) {
        throw new IllegalArgumentException("no name of a variable: " + variable);
      }
    }
    return List.copyOf(variables);
  }
}
