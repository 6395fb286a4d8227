package dev.offload.sample;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The fat jar of the sample, started as a process of its own on a free port, with its
 * data and its temporary files in directories of the test.
 */
public final class SampleProcess implements AutoCloseable {

	/**
	 * Takes half the computing time of a start, and these tests mostly start it. Its
	 * workers inherit it.
	 */
	private static final String QUICK_START = "-XX:TieredStopAtLevel=1";

	/**
	 * Each test has a directory of its own for temporary files, and would make the caches
	 * anew.
	 */
	private static final String NO_CACHE = "--offload.defaults.worker.startup-cache=off";

	private static final Duration START_LIMIT = Duration.ofMinutes(2);

	private static final Duration REQUEST_LIMIT = Duration.ofMinutes(1);

	private static final Duration STOP_LIMIT = Duration.ofSeconds(40);

	private static final Pattern READY = Pattern.compile("ready at http://localhost:(\\d+)/");

	private static final JsonMapper JSON = new JsonMapper();

	private final Path directory;

	private final Process process;

	private final Path log;

	private final int port;

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private SampleProcess(Path directory, List<String> options, String... properties) throws IOException {
		this.directory = directory;
		this.log = Files.createTempFile(directory, "service", ".log");
		Files.createDirectories(temporaryFiles());
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), QUICK_START,
						"-Djava.io.tmpdir=" + temporaryFiles()));
		command.addAll(options);
		command.addAll(List.of("-jar", System.getProperty("sample.jar"), "--server.port=0", NO_CACHE));
		command.addAll(List.of(properties));
		ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile())
			.redirectErrorStream(true)
			.redirectOutput(this.log.toFile());
		builder.environment().put("TMPDIR", temporaryFiles().toString());
		this.process = builder.start();
		try {
			this.port = awaitPort();
		}
		catch (RuntimeException ex) {
			tree().forEach(ProcessHandle::destroyForcibly);
			throw new IllegalStateException("The sample did not start:\n" + log(), ex);
		}
	}

	/**
	 * Starts the sample and waits until it answers.
	 * @param directory where it runs
	 * @param properties more arguments, such as {@code --logging.level.root=debug}
	 * @return the running sample
	 * @throws IOException if it cannot be started
	 */
	public static SampleProcess start(Path directory, String... properties) throws IOException {
		return new SampleProcess(directory, List.of(), properties);
	}

	/**
	 * Starts the sample with options of its own JVM and waits until it answers.
	 * @param directory where it runs
	 * @param options the options
	 * @return the running sample
	 * @throws IOException if it cannot be started
	 */
	public static SampleProcess startWith(Path directory, String... options) throws IOException {
		return new SampleProcess(directory, List.of(options));
	}

	public URI uri(String path) {
		return URI.create("http://localhost:" + this.port + path);
	}

	public Path temporaryFiles() {
		return this.directory.resolve("tmp");
	}

	public Path data() {
		return this.directory.resolve("data");
	}

	public ProcessHandle handle() {
		return this.process.toHandle();
	}

	public String log() {
		try {
			return Files.readString(this.log);
		}
		catch (IOException ex) {
			return ex.toString();
		}
	}

	public HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
		return send(HttpRequest.newBuilder(uri(path)).GET());
	}

	public HttpResponse<byte[]> post(String path) throws IOException, InterruptedException {
		return send(HttpRequest.newBuilder(uri(path)).POST(HttpRequest.BodyPublishers.noBody()));
	}

	public HttpResponse<byte[]> postPdf(String path, byte[] pdf) throws IOException, InterruptedException {
		return post(path, "application/pdf", pdf);
	}

	public HttpResponse<byte[]> post(String path, String type, byte[] body) throws IOException, InterruptedException {
		return send(HttpRequest.newBuilder(uri(path))
			.header("Content-Type", type)
			.POST(HttpRequest.BodyPublishers.ofByteArray(body)));
	}

	/**
	 * Uploads a file as a form does, and writes the answer to a file. Neither is in
	 * memory.
	 * @param path the address
	 * @param upload the file
	 * @param answer where to
	 * @return the answer
	 * @throws IOException if that fails
	 * @throws InterruptedException if interrupted
	 */
	public HttpResponse<Path> upload(String path, Path upload, Path answer) throws IOException, InterruptedException {
		String boundary = "----sample";
		String head = "--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"upload.pdf\"\r\n"
				+ "Content-Type: application/pdf\r\n\r\n";
		HttpRequest.BodyPublisher body = HttpRequest.BodyPublishers.concat(HttpRequest.BodyPublishers.ofString(head),
				HttpRequest.BodyPublishers.ofFile(upload),
				HttpRequest.BodyPublishers.ofString("\r\n--" + boundary + "--\r\n"));
		return this.client.send(HttpRequest.newBuilder(uri(path))
			.header("Content-Type", "multipart/form-data; boundary=" + boundary)
			.timeout(REQUEST_LIMIT)
			.POST(body)
			.build(), HttpResponse.BodyHandlers.ofFile(answer));
	}

	private HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
		return this.client.send(request.timeout(REQUEST_LIMIT).build(), HttpResponse.BodyHandlers.ofByteArray());
	}

	/**
	 * The body of an answer as JSON.
	 * @param response the answer
	 * @return the body
	 */
	public static JsonNode json(HttpResponse<byte[]> response) {
		return JSON.readTree(response.body());
	}

	/**
	 * The process ids of the workers of a pool that are ready, as the endpoint tells
	 * them.
	 * @param pool the name of the pool
	 * @return the process ids
	 */
	public List<Long> workers(String pool) {
		try {
			List<Long> pids = new ArrayList<>();
			for (JsonNode worker : json(get("/actuator/executors")).path(pool).path("workers")) {
				if (List.of("idle", "busy").contains(worker.path("state").asString())) {
					pids.add(worker.path("pid").asLong());
				}
			}
			return pids;
		}
		catch (IOException ex) {
			return List.of();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return List.of();
		}
	}

	/**
	 * Waits until each pool has the workers that its settings name.
	 */
	public void awaitWorkers() {
		Map.of("pdf", 2, "parse", 1, "image", 1, "chaos", 1)
			.forEach((pool, count) -> Awaitility.await("workers of " + pool)
				.atMost(START_LIMIT)
				.until(() -> workers(pool).size() == count));
	}

	/**
	 * The service and all processes below it.
	 * @return the processes
	 */
	public List<ProcessHandle> tree() {
		List<ProcessHandle> tree = handle().descendants().collect(Collectors.toCollection(ArrayList::new));
		tree.add(handle());
		return tree;
	}

	/**
	 * Stops the service as a service manager would, and waits for its end.
	 * @return the exit code
	 * @throws InterruptedException if interrupted
	 */
	public int stop() throws InterruptedException {
		this.process.destroy();
		if (!this.process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
			throw new IllegalStateException("The sample did not stop within " + STOP_LIMIT + ":\n" + log());
		}
		return this.process.exitValue();
	}

	@Override
	public void close() {
		List<ProcessHandle> tree = tree();
		try {
			this.process.destroy();
			this.process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		tree.forEach(ProcessHandle::destroyForcibly);
	}

	private int awaitPort() {
		return Awaitility.await("the sample").atMost(START_LIMIT).until(() -> {
			if (!this.process.isAlive()) {
				throw new IllegalStateException("The sample ended with " + this.process.exitValue());
			}
			Matcher matcher = READY.matcher(log());
			return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
		}, (found) -> found > 0);
	}

}
