package dev.offload;

import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the contract that the compiler keeps.
 */
class OffloadExecutorTests {

	private static final String HEAD = """
			import dev.offload.*;
			import java.time.Duration;
			class Incomplete implements OffloadExecutor {
			""";

	private static final List<String> METHODS = List.of("public String name() { return \"\"; }",
			"public ExecutorSpec spec() { return null; }",
			"public <T> T call(Task<T> task, TaskOptions options) { return null; }",
			"public Object call(Invocation invocation, TaskOptions options) { return null; }",
			"public <T> TaskHandle<T> submit(Task<T> task, TaskOptions options) { return null; }",
			"public TaskHandle<Object> submit(Invocation invocation, TaskOptions options) { return null; }",
			"public <A> A wrap(Class<A> api, A target) { return null; }",
			"public <A> A wrapType(Class<A> api, Class<? extends A> type) { return null; }",
			"public ExecutorSnapshot snapshot() { return null; }",
			"public boolean drain(Duration deadline) { return true; }", "public void close() { }",
			"public void closeNow() { }");

	@TempDir
	private Path directory;

	@ParameterizedTest
	@ValueSource(strings = { "submit(Task", "snapshot(", "close(" })
	void classThatLacksAMethodOfTheContractDoesNotCompile(String lacking) {
		String name = lacking.substring(0, lacking.indexOf('('));
		assertThat(errors(METHODS.stream().filter((method) -> !method.contains(" " + lacking)))).singleElement()
			.asString()
			.contains("does not override abstract method")
			.contains(name + "(");
		assertThat(errors(METHODS.stream())).isEmpty();
	}

	private List<String> errors(Stream<String> methods) {
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
		String source = HEAD + String.join("\n", methods.toList()) + "\n}\n";
		compiler.getTask(
				new StringWriter(), null, diagnostics, List.of("-proc:none", "-Xlint:none", "-d",
						this.directory.toString(), "-cp", System.getProperty("java.class.path")),
				null, List.of(new Source(source)))
			.call();
		return diagnostics.getDiagnostics()
			.stream()
			.filter((diagnostic) -> diagnostic.getKind() == javax.tools.Diagnostic.Kind.ERROR)
			.map((diagnostic) -> diagnostic.getMessage(Locale.ENGLISH))
			.toList();
	}

	/**
	 * A source file in memory.
	 */
	private static final class Source extends SimpleJavaFileObject {

		private final String text;

		Source(String text) {
			super(URI.create("string:///Incomplete.java"), Kind.SOURCE);
			this.text = text;
		}

		@Override
		public CharSequence getCharContent(boolean ignoreEncodingErrors) {
			return this.text;
		}

	}

}
