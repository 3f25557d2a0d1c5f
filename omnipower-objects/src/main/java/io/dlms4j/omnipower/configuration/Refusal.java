package io.dlms4j.omnipower.configuration;

import java.io.Serializable;

/**
 * Why a code of an order cannot be.
 *
 * @param position {@code X1}..{@code X14}, {@code Z1}..{@code Z30}, or empty if it is about the
 *     text as a whole
 * @param code what was given
 * @param reason why not, and what is allowed
 */
public record Refusal(String position, String code, String reason) implements Serializable {
  @Override
  public String toString() {
    return position.isEmpty()
        ? "\"" + code + "\": " + reason
        : position + "=" + code + ": " + reason;
  }
}
