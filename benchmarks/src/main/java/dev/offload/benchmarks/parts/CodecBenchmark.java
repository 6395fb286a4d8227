package dev.offload.benchmarks.parts;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import dev.offload.benchmarks.row.Invoice;
import dev.offload.codec.JdkPayloadCodec;
import dev.offload.spi.PayloadCodec;
import dev.offload.spi.PayloadLimits;
import dev.offload.spi.PayloadScope;

/**
 * Objects to bytes and back, by codec.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CodecBenchmark {

	private static final int LARGE = 1024 * 1024;

	private static final int LINES = 100;

	/** By which codec. */
	@Param({ "jdk", "kryo" })
	private String name = "";

	/** What is encoded. */
	@Param({ "long", "string", "bytes", "invoice" })
	private String value = "";

	private Object object = "";

	private byte[] encoded = {};

	// JMH calls the method that sets it before all others.
	@SuppressWarnings("NullAway.Init")
	private PayloadCodec codec;

	private final PayloadScope scope = new PayloadScope(CodecBenchmark.class.getClassLoader(), (type) -> true,
			PayloadLimits.ofBytes(4 * LARGE));

	/**
	 * Makes the object.
	 * @throws IOException if it cannot be encoded
	 */
	@Setup
	public void prepare() throws IOException {
		this.codec = this.name.equals("jdk") ? new JdkPayloadCodec() : find(this.name);
		this.object = switch (this.value) {
			case "long" -> 42L;
			case "string" -> "A text of some length";
			case "bytes" -> new byte[LARGE];
			default -> Invoice.ofLines(LINES);
		};
		this.encoded = encode();
	}

	private static PayloadCodec find(String name) {
		return ServiceLoader.load(PayloadCodec.class)
			.stream()
			.map(ServiceLoader.Provider::get)
			.filter((codec) -> codec.name().equals(name))
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("No codec '" + name + "' on the class path"));
	}

	/**
	 * Encodes.
	 * @return the bytes
	 * @throws IOException if it fails
	 */
	@Benchmark
	public byte[] encode() throws IOException {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		this.codec.encode(this.object, out);
		return out.toByteArray();
	}

	/**
	 * Decodes.
	 * @return the object
	 * @throws Exception if it fails
	 */
	@Benchmark
	public Object decode() throws Exception {
		Object decoded = this.codec.decode(new ByteArrayInputStream(this.encoded), this.scope);
		return (decoded != null) ? decoded : "";
	}

}
