package dev.offload.spring.validation;

import java.io.InputStream;
import java.io.Serializable;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Stream;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.ApplicationContext;
import org.springframework.core.ResolvableType;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.multipart.MultipartFile;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TravelRules}: the parameters of the methods below, one by one.
 */
class TravelRulesTests {

	@ParameterizedTest
	@MethodSource("admitted")
	void refusalWhenValuesMayBeSentIsNull(Method method) {
		assertThat(refusal(method, true)).isNull();
	}

	@ParameterizedTest
	@MethodSource("refused")
	void refusalWhenNoValueCanBeSentNamesTheType(Method method) {
		assertThat(refusal(method, true)).isNotNull().contains(".").contains(" ");
	}

	@ParameterizedTest
	@MethodSource("refusedForJavaSerializationOnly")
	void refusalWhenOnlySerializationStandsInTheWayDependsOnTheCodec(Method method) {
		assertThat(refusal(method, true)).contains("java.io.Serializable");
		assertThat(refusal(method, false)).isNull();
	}

	private static @Nullable String refusal(Method method, boolean javaSerialization) {
		return new TravelRules(javaSerialization).refusal(ResolvableType.forMethodParameter(method, 0));
	}

	static Stream<Method> admitted() {
		return Arrays.stream(Admitted.class.getDeclaredMethods());
	}

	static Stream<Method> refused() {
		return Arrays.stream(Refused.class.getDeclaredMethods());
	}

	static Stream<Method> refusedForJavaSerializationOnly() {
		return Arrays.stream(RefusedForJavaSerializationOnly.class.getDeclaredMethods());
	}

	interface Admitted {

		void primitive(int value);

		void array(byte[] value);

		void text(String value);

		void date(Instant value);

		void anything(Object value);

		void ofInterface(CharSequence value);

		void ofOwnInterface(Content value);

		void list(List<String> value);

		void collection(Collection<? extends Content> value);

		void wildcard(List<?> value);

		void raw(@SuppressWarnings("rawtypes") List value);

		void map(Map<String, List<Instant[]>> value);

		<T> void variable(T value);

		<T extends Comparable<T>> void recursive(T value);

		void open(OpenClass value);

		void record(SerializableRecord value);

		void classObject(Class<InputStream> value);

		void comparator(Comparator<String> value);

		void serializableFunction(SerializableFunction value);

		void closeableButSerializable(SerializableCloseable value);

		void path(Path value);

		void nothing(Void value);

		void constant(Thread.State value);

	}

	interface Refused {

		void stream(InputStream value);

		void connection(Connection value);

		void javaStream(Stream<String> value);

		void closeable(AutoCloseable value);

		void thread(Thread value);

		void lock(ReentrantLock value);

		void executor(ExecutorService value);

		void request(HttpServletRequest value);

		void webRequest(WebRequest value);

		void upload(MultipartFile value);

		void context(ApplicationContext value);

		void arrayOf(InputStream[] value);

		void listOf(List<InputStream> value);

		void nested(Map<String, List<? extends Connection>> value);

	}

	interface RefusedForJavaSerializationOnly {

		void function(Function<String, String> value);

		void runnable(Runnable value);

		void optional(Optional<String> value);

		void finalClass(FinalClass value);

		void record(PlainRecord value);

		void listOfRecords(List<PlainRecord> value);

	}

	interface Content {

		byte[] bytes();

	}

	static class OpenClass {

	}

	static final class FinalClass {

	}

	record PlainRecord(String value) {

	}

	record SerializableRecord(String value) implements Serializable {

	}

	@FunctionalInterface
	interface SerializableFunction extends Function<String, String>, Serializable {

	}

	abstract static class SerializableCloseable implements AutoCloseable, Serializable {

		private static final long serialVersionUID = 1L;

		@Override
		public abstract void close();

	}

}
