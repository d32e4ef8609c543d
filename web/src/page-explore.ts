import "./page.css";
import "./explore";
