package dev.offload.codec;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LoggedFailures}: what is cut off says so.
 */
class LoggedFailuresTests {

	@Test
	void failureThatFitsHasNoMark() throws Exception {
		Exception failure = new Exception("outer", new IOException("inner"));
		failure.addSuppressed(failure.getCause());
		assertThat(travel(failure)).contains("java.lang.Exception: outer", "Caused by: java.io.IOException: inner")
			.doesNotContain("offload.cut");
	}

	@Test
	void causesThatAreNestedTooDeeplyAreMarked() throws Exception {
		assertThat(travel(chain(60, "m"))).contains("Caused by: java.lang.Exception: m10")
			.contains("Caused by: offload.cut: 1 more")
			.doesNotContain("java.lang.Exception: m9\n");
	}

	@Test
	void suppressedExceptionsThatAreTooManyAreMarked() throws Exception {
		Exception failure = new Exception("outer");
		for (int i = 0; i < 300; i++) {
			Exception aside = new Exception("aside " + i, new Exception("cause of " + i));
			aside.addSuppressed(new Exception("further " + i));
			failure.addSuppressed(aside);
		}
		String text = travel(failure);
		assertThat(text).contains("Suppressed: java.lang.Exception: aside 20")
			.contains("Suppressed: offload.cut: 278 more");
	}

	@Test
	void everyCutThatThereMayBeCanBeRead() throws Exception {
		Exception failure = new Exception("outer");
		for (int i = 0; i < 65; i++) {
			Exception aside = new Exception("aside " + i);
			failure.addSuppressed(aside);
		}
		for (Throwable aside : failure.getSuppressed()) {
			aside.addSuppressed(chain(2, "s"));
			aside.initCause(chain(2, "c"));
		}
		assertThat(travel(failure)).contains("offload.cut");
		Exception wide = new Exception("outer");
		Throwable last = wide;
		for (int i = 0; i < 48; i++) {
			Exception next = new Exception("next " + i);
			last.addSuppressed(new Exception("aside"));
			last.initCause(next);
			last = next;
		}
		assertThat(travel(wide)).contains("next 47", "Suppressed: offload.cut: 1 more");
	}

	@Test
	void failureOfWhichLeastIsToldIsMarked() throws Exception {
		Exception failure = new Exception("x".repeat(200), chain(30, "y".repeat(10_000)));
		failure.addSuppressed(new Exception("aside"));
		StackTraceElement[] stack = new StackTraceElement[30];
		for (int i = 0; i < stack.length; i++) {
			stack[i] = new StackTraceElement("c", "m", "f", i);
		}
		failure.setStackTrace(stack);
		LimitedOutput out = new LimitedOutput(10_000);
		new FailureTextWriter(new PayloadWriter(out), FailureBounds.LOGGED_LEAST).write(failure);
		assertThat(print(out.toByteArray())).contains("(100 more characters)", "at offload.cut(30 more)",
				"Caused by: offload.cut: 1 more", "Suppressed: offload.cut: 1 more");
	}

	private static Exception chain(int length, String message) {
		Exception failure = new Exception(message + 0);
		for (int i = 1; i < length; i++) {
			failure = new Exception(message + i, failure);
		}
		return failure;
	}

	private static String travel(Throwable failure) throws IOException {
		return print(LoggedFailures.encode(failure));
	}

	private static String print(byte[] bytes) throws IOException {
		Throwable decoded = LoggedFailures.decode(bytes, UnaryOperator.identity());
		assertThat(decoded).isNotNull();
		StringWriter text = new StringWriter();
		decoded.printStackTrace(new PrintWriter(text));
		return text.toString();
	}

}
