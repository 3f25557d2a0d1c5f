package io.dlms4j.examples.cli;

import io.dlms4j.axdr.AxdrException;
import io.dlms4j.axdr.CosemData;
import io.dlms4j.axdr.EncodedData;
import io.dlms4j.axdr.PlainData;
import io.dlms4j.client.push.PushSource;
import io.dlms4j.client.push.ReceivedNotification;
import io.dlms4j.cosem.AttributeRef;
import io.dlms4j.cosem.classes.ValueType;
import io.dlms4j.cosem.security.SystemTitle;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Notifications as a person, or a program, reads them. */
final class NotificationText {
  private NotificationText() {}

  /** What it is on one line, and below it, further to the right, its values. */
  static String of(ReceivedNotification notification) {
    StringBuilder head = new StringBuilder(kind(notification));
    notification.longInvokeId().ifPresent(id -> head.append(' ').append(id));
    notification.attribute().ifPresent(attribute -> head.append(" of ").append(attribute));
    head.append(" from ").append(source(notification.source()));
    notification.dateTime().ifPresent(time -> head.append(", made ").append(time));
    SystemTitle originator = notification.originator();
    head.append(
        originator == null
            ? ", in clear"
            : ", proved to be from " + originator + ", " + protection(notification));
    head.append(notification.isConfirmed() ? ", confirmed" : "");
    Tree tree = new Tree().line(head.toString());
    tree.inside(
        () -> {
          for (EncodedData value : notification.values()) {
            text(notification.attribute(), value).lines().forEach(tree::line);
          }
        });
    return tree.toString();
  }

  private static String text(Optional<AttributeRef> attribute, EncodedData encoded) {
    try {
      CosemData value = encoded.value();
      return attribute
          .map(known -> ValueText.of(known, value))
          .orElseGet(() -> ValueText.of(ValueType.ANY, value));
    } catch (AxdrException e) {
      return "malformed: " + encoded.octets().toHex();
    }
  }

  /** The same as what JSON is made of. */
  static Map<String, Object> plain(ReceivedNotification notification) {
    PushSource source = notification.source();
    Map<String, Object> plain = new LinkedHashMap<>();
    plain.put("notification", kind(notification));
    plain.put("from", remote(source));
    plain.put("serverSap", source.serverSap());
    plain.put("clientSap", source.clientSap());
    notification.longInvokeId().ifPresent(id -> plain.put("longInvokeId", id));
    plain.put("confirmed", notification.isConfirmed());
    notification.dateTime().ifPresent(time -> plain.put("dateTime", time.toString()));
    notification.attribute().ifPresent(attribute -> plain.put("attribute", attribute.toString()));
    SystemTitle originator = notification.originator();
    if (originator != null) {
      plain.put("originator", originator.toString());
      plain.put("protection", protection(notification));
    }
    List<@Nullable Object> values = new ArrayList<>();
    notification.values().forEach(value -> values.add(plain(value)));
    plain.put("values", values);
    return plain;
  }

  private static @Nullable Object plain(EncodedData encoded) {
    try {
      return PlainData.of(encoded.value());
    } catch (AxdrException e) {
      return Map.of("malformed", encoded.octets().toHex());
    }
  }

  static String source(PushSource source) {
    return remote(source)
        + " (server "
        + source.serverSap()
        + ", client "
        + source.clientSap()
        + ")";
  }

  private static String remote(PushSource source) {
    return source.remote() instanceof InetSocketAddress address
        ? address.getAddress().getHostAddress() + ":" + address.getPort()
        : String.valueOf(source.path());
  }

  private static String kind(ReceivedNotification notification) {
    return notification.notification().getClass().getSimpleName();
  }

  private static String protection(ReceivedNotification notification) {
    return String.join(
        "+", notification.protection().stream().sorted().map(NotificationText::name).toList());
  }

  private static String name(Enum<?> protection) {
    return protection.name().toLowerCase(Locale.ROOT);
  }
}
