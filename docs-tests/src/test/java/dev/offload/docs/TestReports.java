package dev.offload.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * What became of the tests of all other modules, from the reports that their builds left.
 */
final class TestReports {

	/** Its reports are being written while others are read. */
	private static final String THIS_MODULE = "docs-tests";

	private final Map<String, Set<String>> outcomes = new HashMap<>();

	private TestReports() {
	}

	static TestReports read(Path root) throws IOException {
		TestReports reports = new TestReports();
		for (Path file : reportsBelow(root)) {
			reports.add(file);
		}
		return reports;
	}

	private static List<Path> reportsBelow(Path root) throws IOException {
		try (Stream<Path> modules = Files.list(root)) {
			return modules.filter((module) -> !module.endsWith(THIS_MODULE))
				.flatMap((module) -> Stream.of("surefire-reports", "failsafe-reports")
					.map((directory) -> module.resolve("target").resolve(directory)))
				.filter(Files::isDirectory)
				.flatMap(TestReports::reportsIn)
				.toList();
		}
	}

	private static Stream<Path> reportsIn(Path directory) {
		try (Stream<Path> files = Files.list(directory)) {
			return files.filter((file) -> file.getFileName().toString().matches("TEST-.*\\.xml")).toList().stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void add(Path file) throws IOException {
		NodeList cases = parse(file).getElementsByTagName("testcase");
		for (int i = 0; i < cases.getLength(); i++) {
			Element test = (Element) cases.item(i);
			String type = test.getAttribute("classname");
			// a parameterized test has its arguments behind its name
			String method = test.getAttribute("name").replaceFirst("[^\\w].*", "");
			String key = type.substring(type.lastIndexOf('.') + 1) + "#" + method;
			this.outcomes.computeIfAbsent(key, (ignored) -> new TreeSet<>()).add(outcome(test));
		}
	}

	private static String outcome(Element test) {
		if (test.getElementsByTagName("failure").getLength() + test.getElementsByTagName("error").getLength() > 0) {
			return "failed";
		}
		return (test.getElementsByTagName("skipped").getLength() > 0) ? "skipped" : "passed";
	}

	private static Document parse(Path file) throws IOException {
		try {
			return DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().parse(file.toFile());
		}
		catch (ParserConfigurationException | SAXException ex) {
			throw new IOException("Not a report: " + file, ex);
		}
	}

	/**
	 * What became of a test.
	 * @param test its class and method, as {@code Class#method}
	 * @return {@code passed}, {@code failed}, {@code skipped}, several of them if it ran
	 * several times, none if it did not run
	 */
	Set<String> outcomes(String test) {
		return this.outcomes.getOrDefault(test, Set.of());
	}

}
