package dev.offload.spring.validation;

import java.io.Externalizable;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.lang.reflect.Method;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Stream;

import javax.sql.DataSource;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.ApplicationContext;
import org.springframework.core.ResolvableType;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.InputStreamSource;
import org.springframework.core.io.Resource;
import org.springframework.http.codec.multipart.FilePart;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.ui.Model;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.server.ServerWebExchange;

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

	@ParameterizedTest
	@MethodSource("warned")
	void checkWhenOnlySubclassesCanBeSentWarns(Method method) {
		assertThat(check(method, true)).singleElement().satisfies((finding) -> {
			assertThat(finding.refused()).isFalse();
			assertThat(finding.text()).contains("only values of a subclass", "codec: kryo");
		});
		assertThat(check(method, false)).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			list        | Invoice.lines -> InvoiceLine.product: %s$Product is final and not java.io.Serializable
			generic     | Page.items: %s$Product is final and not java.io.Serializable
			inherited   | Named.product: %s$Product is final and not java.io.Serializable
			open        | Opening.stream: java.io.InputStream is an open resource
			connection  | Connected.connection: java.sql.Connection is an open resource
			optional    | Hesitant.maybe: java.util.Optional is final and not java.io.Serializable; pass something else
			""")
	void checkWhenAFieldCannotBeSentNamesThePath(String name, String text) throws Exception {
		Method method = Arrays.stream(WithFields.class.getDeclaredMethods())
			.filter((declared) -> declared.getName().equals(name))
			.findAny()
			.orElseThrow();
		assertThat(refusal(method, true)).startsWith(text.formatted(getClass().getName()));
		assertThat(refusal(method, false)).isNull();
	}

	@Test
	void checkWhenSeveralFieldsCannotBeSentNamesThemAll() throws Exception {
		assertThat(check(Several.class.getDeclaredMethods()[0], true)).extracting(TravelFinding::text)
			.hasSize(2)
			.anyMatch((text) -> text.startsWith("Both.product: "))
			.anyMatch((text) -> text.startsWith("Both.stream: "));
	}

	private static @Nullable String refusal(Method method, boolean javaSerialization) {
		return check(method, javaSerialization).stream()
			.filter(TravelFinding::refused)
			.map(TravelFinding::text)
			.findFirst()
			.orElse(null);
	}

	private static Collection<TravelFinding> check(Method method, boolean javaSerialization) {
		return new TravelRules(javaSerialization).check(ResolvableType.forMethodParameter(method, 0));
	}

	static Stream<Method> warned() {
		return Arrays.stream(Warned.class.getDeclaredMethods());
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

		void stream(InputStream value);

		void resource(Resource value);

		void upload(MultipartFile value);

		void date(Instant value);

		void anything(Object value);

		void ofInterface(CharSequence value);

		void ofOwnInterface(Content value);

		void buffer(ByteBuffer value);

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

		void ofInterfaces(Interfaces value);

		void circle(Circle value);

		void endless(Endless<String> value);

		void byItself(ByItself value);

		void replaced(Replaced value);

		void external(External value);

		void phantom(Id<FinalClass> value);

		void ofProducts(Comparator<FinalClass> value);

		void counted(Counted value);

		void constants(List<Level> value);

		void page(Page<String> value);

		void constant(Thread.State value);

	}

	interface Refused {

		void openFile(FileInputStream value);

		void out(OutputStream value);

		void socket(Socket value);

		void source(InputStreamSource value);

		void fileOfMany(FileSystemResource value);

		void uploads(List<MultipartFile> value);

		void connection(Connection value);

		void javaStream(Stream<String> value);

		void closeable(AutoCloseable value);

		void thread(Thread value);

		void lock(ReentrantLock value);

		void executor(ExecutorService value);

		void request(HttpServletRequest value);

		void webRequest(WebRequest value);

		void context(ApplicationContext value);

		void exchange(ServerWebExchange value);

		void reactiveRequest(ServerHttpRequest value);

		void part(FilePart value);

		void session(HttpSession value);

		void model(Model value);

		void database(DataSource value);

		void latch(CountDownLatch value);

		void buffer(IntBuffer value);

		void buffers(List<ByteBuffer> value);

		void future(CompletableFuture<String> value);

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

	interface Warned {

		void open(OpenClass value);

		void openInList(List<OpenClass> value);

		void openInField(WithOpen value);

	}

	interface WithFields {

		void list(List<Invoice> value);

		void generic(Page<Product> value);

		void inherited(Inherits value);

		void open(Opening value);

		void connection(Connected value);

		void optional(Hesitant value);

	}

	interface Several {

		void both(Both value);

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

	record Product(String name) {

	}

	record InvoiceLine(int count, Product product) implements Serializable {

	}

	record Invoice(List<? extends InvoiceLine> lines) implements Serializable {

	}

	record Page<T>(List<T> items, @Nullable Page<T> next) implements Serializable {

	}

	record WithOpen(OpenClass open) implements Serializable {

	}

	record Both(Product product, InputStream stream) implements Serializable {

	}

	record Opening(InputStream stream) implements Serializable {

	}

	record Connected(Connection connection) implements Serializable {

	}

	// What people do, and must not.
	@SuppressWarnings("OptionalUsedAsFieldOrParameterType")
	record Hesitant(Optional<String> maybe) implements Serializable {

	}

	static class Named implements Serializable {

		private static final long serialVersionUID = 1L;

		Product product = new Product("");

	}

	static class Inherits extends Named {

		private static final long serialVersionUID = 1L;

	}

	record Interfaces(Content content, List<Content> contents, Object anything, Function<String, String> function,
			Runnable runnable, Lock lock, Closing closing) implements Serializable {

	}

	interface Closing extends AutoCloseable {

		@Override
		void close();

	}

	record Circle(Circle self, List<Circle> others, Map<String, Circle[]> more) implements Serializable {

	}

	record Endless<T>(Endless<List<T>> more) implements Serializable {

	}

	// As in Id<Customer>, which has no customer in it.
	@SuppressWarnings("UnusedTypeParameter")
	record Id<T>(String value) implements Serializable {

	}

	static class Counted implements Serializable {

		private static final long serialVersionUID = 1L;

		private static final Product SHARED = new Product("shared");

		private final transient Product product = SHARED;

		private final ReentrantLock lock = new ReentrantLock();

		private final AtomicLong count = new AtomicLong();

		String text() {
			return this.product.name() + this.lock + this.count;
		}

	}

	static class ByItself implements Serializable {

		private static final long serialVersionUID = 1L;

		final Product product = new Product("");

		// For serialization.
		@SuppressWarnings("UnusedMethod")
		private void writeObject(ObjectOutputStream out) throws IOException {
			out.writeUTF(this.product.name());
		}

	}

	static class Replaced implements Serializable {

		private static final long serialVersionUID = 1L;

		final Product product = new Product("");

		Object writeReplace() {
			return this.product.name();
		}

	}

	abstract static class External implements Externalizable {

		final Product product = new Product("");

	}

	enum Level {

		LOW, HIGH;

		// Not sent with the constant.
		@SuppressWarnings("ImmutableEnumChecker")
		final Product product = new Product("");

	}

}
