import "./page.css";
import "./operator";
