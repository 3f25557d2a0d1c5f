package io.dlms4j.omnipower.configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A type number or software configuration that no OMNIPOWER meter has. Tells all that is wrong. */
public final class ConfigurationException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  /** Of a class that is serialisable. */
  private final ArrayList<Refusal> refusals;

  /**
   * Makes the exception.
   *
   * @param refusals what is wrong, one or more
   */
  ConfigurationException(List<Refusal> refusals) {
    super(refusals.stream().map(Refusal::toString).collect(Collectors.joining("; ")));
    this.refusals = new ArrayList<>(refusals);
  }

  /** With one reason only, about the text as a whole. */
  ConfigurationException(String text, String reason) {
    this(List.of(new Refusal("", text, reason)));
  }

  /**
   * What is wrong.
   *
   * @return one or more reasons, in the order of positions
   */
  public List<Refusal> refusals() {
    return List.copyOf(refusals);
  }
}
