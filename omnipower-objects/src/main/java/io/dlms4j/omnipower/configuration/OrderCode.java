package io.dlms4j.omnipower.configuration;

import io.dlms4j.omnipower.catalogue.MeterVariant;
import java.util.List;
import java.util.Set;

/**
 * One code of an order, in words.
 *
 * @param position {@code X1}..{@code X13}, {@code X14} for the three digits of the country, {@code
 *     Z1}..{@code Z30}
 * @param name what is chosen there
 * @param code the code; {@value #BY_ORDER_FORM} in the list of all codes for any other number of
 *     three digits, whose meaning is on an order form
 * @param meaning what it means
 * @param meters the meters that can have it
 * @param variants the variants (X8) that can have it
 * @param documents the documents that have it
 */
public record OrderCode(
    String position,
    String name,
    String code,
    String meaning,
    Set<MeterVariant> meters,
    Set<Integer> variants,
    List<String> documents) {
  /** Stands for a number of three digits that an order form explains. */
  public static final String BY_ORDER_FORM = "nnn";

  private static final int FORM_DIGITS = 3;

  /** Keeps copies. */
  public OrderCode {
    meters = Set.copyOf(meters);
    variants = Set.copyOf(variants);
    documents = List.copyOf(documents);
  }

  /**
   * Whether a code is meant by this one.
   *
   * @param given the code
   * @return true if it is the same, or this is for order forms and the other has three digits
   */
  boolean matches(String given) {
    return code.equals(BY_ORDER_FORM)
        ? given.length() == FORM_DIGITS
            && given.chars().allMatch(each -> each >= '0' && each <= '9')
        : code.equals(given);
  }

  /** The same, with the number that was given. */
  OrderCode as(String given) {
    return new OrderCode(position, name, given, meaning, meters, variants, documents);
  }

  /** The code and its meaning, for a list of what is allowed. */
  String inWords() {
    return code + " (" + meaning + ")";
  }
}
