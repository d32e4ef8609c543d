import "./page.css";
import "./chat";
