package dev.offload.codec;

import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import javax.management.BadAttributeValueExpException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.offload.stranger.Gadget;
import dev.offload.stranger.LibraryBase;
import dev.offload.stranger.LibraryEvent;
import dev.offload.stranger.LibraryException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link AllowedTypes}.
 */
class AllowedTypesTests {

	private static final AllowedTypes NONE = AllowedTypes.of(List.of(), List.of());

	@Test
	void defaultsAdmitValuesAndExceptionsButNothingElse() {
		assertThat(NONE).accepts(String.class, Integer.class, int.class, int[].class, java.util.ArrayList.class,
				LibraryException.class, StackTraceElement.class, java.util.UUID.class);
		assertThat(NONE).rejects(Gadget.class, Gadget[].class, java.net.URL.class, ProcessBuilder.class, Runtime.class,
				SerializedLambda.class, BadAttributeValueExpException.class, java.util.jar.JarFile.class,
				java.rmi.server.UnicastRemoteObject.class, java.security.SignedObject.class);
	}

	@Test
	void applicationPackageAdmitsThoseBelowButNotItsNeighbours() {
		assertThat(AllowedTypes.of(List.of("dev.offload.stranger"), List.of())).accepts(Gadget.class);
		assertThat(AllowedTypes.of(List.of("dev.offload"), List.of())).accepts(Gadget.class);
		assertThat(AllowedTypes.of(List.of("dev.offload.str"), List.of())).rejects(Gadget.class);
		assertThat(AllowedTypes.of(List.of(""), List.of())).rejects(Gadget.class);
	}

	@Test
	void patternsAdmitWhatTheySay() {
		assertThat(patterns("dev.offload.stranger.Gadget")).accepts(Gadget.class, Gadget[].class)
			.rejects(LibraryEvent.class);
		assertThat(patterns("dev.offload.stranger.*")).accepts(Gadget.class, LibraryEvent.class)
			.rejects(Invoices.Invoice.class);
		assertThat(patterns("dev.offload.*")).rejects(Gadget.class);
		assertThat(patterns("dev.offload.**")).accepts(Gadget.class, Invoices.Invoice.class);
		assertThat(patterns("dev.offload.codec.Invoices$Line")).accepts(Invoices.Line.class)
			.rejects(Invoices.Lock.class);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "*", "**", ".*", ".**", "com.*.dto", "com acme", "com..acme", "com.acme.", "!com.acme",
			"com.acme.***", ".com", "com.1acme", "com/acme/Invoice", "java.lang.invoke.SerializedLambda",
			"java.lang.reflect.Proxy" })
	void patternWhenMalformedOrTooWideIsRefused(String pattern) {
		assertThatIllegalArgumentException().isThrownBy(() -> patterns(pattern))
			.withMessageContaining("'" + pattern + "'")
			.withMessageContaining("allowed-types");
	}

	@Test
	void applicationPackageWhenNoPackageNameIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> AllowedTypes.of(List.of("com.acme.*"), List.of()))
			.withMessage("'com.acme.*' is not the name of a package, such as com.acme");
	}

	@Test
	void lambdasAreAdmittedOnlyWhenAskedFor() {
		assertThat(AllowedTypes.of(List.of("java.lang"), List.of("java.lang.**"))).rejects(SerializedLambda.class);
		assertThat(NONE.withLambdas()).accepts(SerializedLambda.class);
		assertThat(NONE.withLambdas().withDeclared(String.class)).accepts(SerializedLambda.class);
	}

	@Test
	void proxiesAreNeverAdmitted() {
		Class<?> proxy = Proxy
			.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { Runnable.class },
					(self, method, arguments) -> null)
			.getClass();
		AllowedTypes types = AllowedTypes.of(List.of(proxy.getPackageName()), List.of());
		assertThat(types).rejects(proxy);
		assertThat(types.withDeclared(proxy)).rejects(proxy);
	}

	@Test
	void declaredTypesAdmitWhatTheyContain() {
		Method method = Codecs.method(Api.class, "list");
		AllowedTypes types = NONE.withDeclared(method.getGenericReturnType());
		assertThat(types).accepts(Node.class, Gadget.class, Shape.class, Circle.class, LibraryBase.class, Leaf.class)
			.rejects(LibraryEvent.class, Square.class, Invoices.Lock.class, SerializedLambda.class);
		assertThat(NONE).rejects(Node.class);
		assertThat(NONE.withDeclared(method.getGenericParameterTypes())).accepts(LibraryEvent.class)
			.rejects(Node.class);
	}

	@Test
	void declaredTypesWhenAddedTwiceAreBothThere() {
		assertThat(NONE.withDeclared(Node.class).withDeclared(LibraryEvent.class)).accepts(Gadget.class,
				LibraryEvent.class);
	}

	private static AllowedTypes patterns(String... patterns) {
		return AllowedTypes.of(List.of(), List.of(patterns));
	}

	interface Api {

		Map<String, ? extends List<Node<Leaf>>> list(LibraryEvent[] events);

	}

	static class Node<T> extends LibraryBase {

		T value;

		Node<T> next;

		Optional<Gadget[]> gadgets;

		Shape shape;

		Runnable work;

		transient Invoices.Lock lock;

		static Square square;

		Node() {
			super("id");
		}

	}

	record Leaf(int value) {
	}

	sealed interface Shape permits Circle {

	}

	record Circle(int radius) implements Shape {
	}

	record Square(int side) {
	}

}
