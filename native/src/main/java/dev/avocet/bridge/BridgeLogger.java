package dev.avocet.bridge;

import java.util.regex.Pattern;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/**
 * A logger whose lines go to the host: the class's name, what it says, and a failure's own words.
 */
final class BridgeLogger extends LegacyAbstractLogger {
  private static final long serialVersionUID = 1L;

  private static final Pattern LINE_ENDS = Pattern.compile("\\s*\\R\\s*");

  BridgeLogger(String name) {
    this.name = name;
  }

  @Override
  public boolean isTraceEnabled() {
    return Log.isEnabled(Level.TRACE);
  }

  @Override
  public boolean isDebugEnabled() {
    return Log.isEnabled(Level.DEBUG);
  }

  @Override
  public boolean isInfoEnabled() {
    return Log.isEnabled(Level.INFO);
  }

  @Override
  public boolean isWarnEnabled() {
    return Log.isEnabled(Level.WARN);
  }

  @Override
  public boolean isErrorEnabled() {
    return Log.isEnabled(Level.ERROR);
  }

  @Override
  protected String getFullyQualifiedCallerName() {
    return null;
  }

  @Override
  protected void handleNormalizedLoggingCall(
      Level level, Marker marker, String pattern, Object[] arguments, Throwable failure) {
    String text = MessageFormatter.basicArrayFormat(pattern, arguments);
    String line = name.substring(name.lastIndexOf('.') + 1) + ": " + text;
    if (failure != null) {
      line += ": " + failure;
    }
    Log.write(level, LINE_ENDS.matcher(line).replaceAll(" "));
  }
}
